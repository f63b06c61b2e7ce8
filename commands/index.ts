import Ci from './ci.js'
import Clean from './clean.js'
import Completion from './completion.js'
import Baseline from './baseline.js'
import Diff from './diff.js'
import Explain from './explain.js'
import Init from './init.js'
import Inspect from './inspect.js'
import Plant from './plant.js'
import Review from './review.js'
import ReviewMerge from './review-merge.js'
import Scan from './scan.js'
import Scanners from './scanners.js'

/** What a person can type; package.json's `oclif.commands` points here. */
export const COMMANDS = {
  scan: Scan,
  diff: Diff,
  baseline: Baseline,
  inspect: Inspect,
  explain: Explain,
  review: Review,
  'review:merge': ReviewMerge,
  clean: Clean,
  plant: Plant,
  scanners: Scanners,
  init: Init,
  ci: Ci,
  completion: Completion,
}
