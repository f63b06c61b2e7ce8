/** Licences that metadata files declare, against each other and against those of the rows. */
import { claim, counted, named } from './claim.js'
import type { Declaration } from './declaration.js'
import { licenseOf, type License } from '../licenses/license.js'
import type { Finding } from '../model/finding.js'
import type { GivenRows } from '../model/provenance.js'

interface Named {
  readonly path: string
  readonly licenses: readonly License[]
}

export function licenseFindings(declarations: readonly Declaration[], rows: GivenRows | null): Finding[] {
  const stated = declarations.flatMap(({ path, licenses }): Named[] => {
    const known = licenses.map(licenseOf).filter(({ kind }) => kind === 'known')
    return known.length === 0 ? [] : [{ path, licenses: known }]
  })
  return [...contradictions(stated), ...stricterRows(stated, rows)]
}

/** One names no licence that another names: both cannot hold. */
function contradictions(stated: readonly Named[]): Finding[] {
  for (const [i, one] of stated.entries()) {
    const other = stated
      .slice(i + 1)
      .find(({ licenses }) => !licenses.some((license) => one.licenses.some((own) => isSame(own, license))))
    if (other === undefined) continue
    const [a, b] = [one, other].map(({ path, licenses }) => `${named(licenses.map(({ name }) => name))} in ${named([path])}`)
    return [
      claim({
        message: 'provenance/declared-license',
        about: 'each other',
        severity: 'medium',
        title: `Two licences are declared: ${a}, ${b}`,
        why: 'The metadata files contradict each other, so that nobody can say what the data may be used for.',
        evidence: { licenses: 2, metadata: stated.length },
      }),
    ]
  }
  return []
}

/** Rows whose own licence asks more than the one that is declared for all. */
function stricterRows(stated: readonly Named[], rows: GivenRows | null): Finding[] {
  if (rows === null || stated.length === 0) return []
  const declared = stated.flatMap(({ licenses }) => licenses)
  const stricter = rows.licenses.filter(({ name }) => {
    const license = licenseOf(name)
    if (license.kind !== 'known' || declared.some((each) => isSame(each, license))) return false
    return (
      (license.nonCommercial && !declared.some(({ nonCommercial }) => nonCommercial)) ||
      (license.noDerivatives && !declared.some(({ noDerivatives }) => noDerivatives)) ||
      (license.copyleft !== 0 && !declared.some(({ copyleft }) => copyleft !== 0))
    )
  })
  if (stricter.length === 0) return []
  const affected = stricter.reduce((sum, { rows: count }) => sum + count, 0)
  return [
    claim({
      message: 'provenance/declared-license',
      about: 'rows',
      severity: 'medium',
      title: `${counted(affected, 'row')} of ${rows.rows} under ${named(stricter.map(({ name }) => name))}, and ${named(declared.map(({ name }) => name))} is declared for all`,
      why: 'Rows forbid or ask what the declared licence does not: the data set is bound by its strictest rows.',
      evidence: { rows: affected, of: rows.rows, share: affected / Math.max(1, rows.rows), licenses: stricter.length },
    }),
  ]
}

/** The same, or one of them without a version. */
function isSame({ name: a }: License, { name: b }: License): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a]
  return short === long || (long.startsWith(`${short}-`) && /^-v?\d/.test(long.slice(short.length)))
}
