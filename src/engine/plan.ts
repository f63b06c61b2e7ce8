import { CredenceError } from '../errors.js'
import {
  concentrations,
  countSources,
  emptySourceCounts,
  mergeSourceCounts,
  ORIGIN_ROLES,
  REPORTED_BY,
  type SourceCounts,
  type Suspicion,
} from '../fuse/sources.js'
import type { DataSetInfo, AnyPass, Need, Pass, ScannerDefinition, ScanResult } from '../scanner.js'

/** A scanner with its options applied. */
export interface ActiveScanner {
  readonly definition: ScannerDefinition
  /** Of all that decides what it finds but for its options. */
  readonly identity: string
  readonly passes: readonly AnyPass[]
}

export interface Step {
  readonly scanner: string
  readonly pass: AnyPass
}

/** One trip over the data: a pass of every scanner that is ready for its next, so that rows are read once for all. */
export interface Trip {
  readonly steps: readonly Step[]
  readonly needs: ReadonlySet<Need>
}

/** The next pass of each scanner, by index. */
export type PassIndices = Readonly<Record<string, number>>

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
    const identity = `${definition.version} ${definition.identity?.(parsed.data) ?? ''}`
    active.push({ definition, identity, passes: definition.passes(parsed.data, data) })
  }
  return { active, skipped }
}

/** The trip on which these scanners have these passes, in the order of the active ones. */
export function tripOf(active: readonly ActiveScanner[], indices: PassIndices): Trip {
  const steps = active.flatMap(({ definition: { id }, passes }): Step[] => {
    const index = indices[id]
    if (index === undefined) return []
    const pass = [...passes, ...(id === REPORTED_BY ? [sourcePass] : [])][index]
    if (pass === undefined) throw new CredenceError('internal', `${id} has no pass ${index}`)
    return [{ scanner: id, pass }]
  })
  return { steps, needs: new Set(steps.flatMap((step) => step.pass.needs)) }
}

/** After all scanners: where the rows come from that they name. Not a scanner's own, since it needs what all have found. */
const sourcePass: Pass<Suspicion, SourceCounts, ScanResult> = {
  needs: ORIGIN_ROLES,
  init: emptySourceCounts,
  observe: (state, batch, _embedding, suspicion) => {
    countSources(state, batch, suspicion)
  },
  merge: mergeSourceCounts,
  finish: (state, suspicion, context) => ({ findings: concentrations(state, suspicion, context.alpha), limits: {} }),
}
