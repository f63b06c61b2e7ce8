// oclif.manifest.json: what the commands are. Without it each start loads all commands to find the one that was typed.
import { rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Plugin } from '@oclif/core'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const path = join(root, 'oclif.manifest.json')
rmSync(path, { force: true })
const plugin = new Plugin({ root, ignoreManifest: true, errorOnManifestCreate: true })
await plugin.load()
writeFileSync(path, JSON.stringify(plugin.manifest))
