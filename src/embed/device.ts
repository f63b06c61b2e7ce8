import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { DeviceName } from './encoder.js'

/** Of the accelerators, in the order in which `auto` tries them. */
const ACCELERATORS: readonly DeviceName[] = ['cuda', 'coreml', 'dml', 'webgpu']

/**
 * Why a device cannot work here, told without opening it; `null` if it may. Opening one that is not there makes the
 * native libraries write to standard error, so what can be known beforehand is.
 */
export function whyNot(device: DeviceName, backends: readonly string[]): string | null {
  if (!backends.includes(device)) return `this build of ONNX Runtime has ${backends.join(', ')}`
  if (device === 'cuda' && !cudaProvider()) return 'its provider library is not installed beside ONNX Runtime'
  if (device === 'webgpu' && process.platform === 'linux' && !linuxGpu()) return 'no graphics device is visible'
  return null
}

/** Devices worth trying under `auto`, best first. */
export function candidates(backends: readonly string[]): DeviceName[] {
  return ACCELERATORS.filter((device) => whyNot(device, backends) === null)
}

function cudaProvider(): boolean {
  const home = dirname(createRequire(import.meta.url).resolve('onnxruntime-node/package.json'))
  const file = process.platform === 'win32' ? 'onnxruntime_providers_cuda.dll' : 'libonnxruntime_providers_cuda.so'
  const bin = join(home, 'bin')
  const builds = existsSync(bin) ? readdirSync(bin) : []
  return builds.some((build) => existsSync(join(bin, build, process.platform, process.arch, file)))
}

function linuxGpu(): boolean {
  if (existsSync('/dev/nvidia0') || existsSync('/dev/dxg')) return true
  return existsSync('/dev/dri') && readdirSync('/dev/dri').some((name) => name.startsWith('renderD'))
}
