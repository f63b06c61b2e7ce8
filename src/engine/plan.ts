import { CredenceError } from '../errors.js'
import {
  concentrations,
  countSources,
  emptySourceCounts,
  mergeSourceCounts,
  REPORTED_BY,
  type SourceCounts,
  type Suspicion,
} from '../fuse/sources.js'
import type { DataSetInfo, AnyPass, Need, Pass, ScannerDefinition, ScanResult } from '../scanner.js'

/** A scanner with its options applied. */
export interface ActiveScanner {
  readonly definition: ScannerDefinition
  readonly passes: readonly AnyPass[]
}

export interface Step {
  readonly scanner: string
  readonly pass: AnyPass
  /** Whether it is the scanner's last pass. */
  readonly last: boolean
}

/** One trip over the data: the k-th pass of every scanner that has one, so that rows are read once for all. */
export interface Trip {
  readonly index: number
  readonly steps: readonly Step[]
  readonly needs: ReadonlySet<Need>
}

export interface SkippedScanner {
  readonly definition: ScannerDefinition
  readonly reason: string
}

/** Applies options to each definition and drops what cannot run on this data. */
export function activate(
  definitions: readonly ScannerDefinition[],
  options: Readonly<Record<string, unknown>>,
  data: DataSetInfo,
): { active: ActiveScanner[]; skipped: SkippedScanner[] } {
  const active: ActiveScanner[] = []
  const skipped: SkippedScanner[] = []
  for (const definition of definitions) {
    const reason = definition.skip(data)
    if (reason !== null) {
      skipped.push({ definition, reason })
      continue
    }
    const parsed = definition.options.safeParse(options[definition.id] ?? {})
    if (!parsed.success) {
      const issue = parsed.error.issues[0]
      throw new CredenceError(
        'usage',
        `option scanners.${[definition.id, ...(issue?.path ?? [])].join('.')}: ${issue?.message ?? 'invalid'}`,
      )
    }
    active.push({ definition, passes: definition.passes(parsed.data, data) })
  }
  return { active, skipped }
}

export function planTrips(active: readonly ActiveScanner[]): Trip[] {
  const count = Math.max(0, ...active.map((scanner) => scanner.passes.length))
  return Array.from({ length: count }, (_, index) => {
    const steps = active.flatMap(({ definition, passes }) => {
      const pass = passes[index]
      return pass === undefined ? [] : [{ scanner: definition.id, pass, last: index === passes.length - 1 }]
    })
    return { index, steps, needs: new Set(steps.flatMap((step) => step.pass.needs)) }
  })
}

/** After all scanners: where the rows come from that they name. Not a scanner, since it needs what the scanners found. */
export function sourceTrip(index: number): Trip {
  const pass: Pass<Suspicion, SourceCounts, ScanResult> = {
    needs: ['source'],
    init: emptySourceCounts,
    observe: (state, batch, _embedding, suspicion) => {
      countSources(state, batch, suspicion)
    },
    merge: mergeSourceCounts,
    finish: (state, suspicion, context) => ({ findings: concentrations(state, suspicion, context.alpha), limits: {} }),
  }
  return { index, steps: [{ scanner: REPORTED_BY, pass, last: true }], needs: new Set(pass.needs) }
}
