/** The registry: a new scanner is a new folder and a line here. */
import type { ScannerDefinition } from '../src/scanner.js'
import { outlier } from './outlier/index.js'
import { provenance } from './provenance/index.js'
import { trigger } from './trigger/index.js'

export const scanners: readonly ScannerDefinition[] = [trigger, outlier, provenance] as readonly ScannerDefinition[]

/** Child processes load the same registry from here. */
export const registryUrl = import.meta.url
