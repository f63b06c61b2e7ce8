import Explain from './explain.js'
import Init from './init.js'
import Inspect from './inspect.js'
import Plant from './plant.js'
import Scan from './scan.js'
import Scanners from './scanners.js'

/** What a person can type; package.json's `oclif.commands` points here. */
export const COMMANDS = { scan: Scan, inspect: Inspect, explain: Explain, plant: Plant, scanners: Scanners, init: Init }
