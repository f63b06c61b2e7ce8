import type * as OnnxRuntime from 'onnxruntime-node'

/** The one way to ONNX Runtime: on demand, because loading it takes a tenth of a second, and with its telemetry off. */
export async function loadRuntime(): Promise<typeof OnnxRuntime> {
  // Since 1.30 the runtime writes a device id below the user's cache folder and reports to its maker unless told not to.
  process.env['ORT_DISABLE_TELEMETRY'] = '1'
  return import('onnxruntime-node')
}
