/** The scoreboard of provenance: shares of rows and files that can be traced and checked. */
import type { Declaration } from './declaration.js'
import { isWrong, type Digests } from './file-claims.js'
import type { Links, SubjectFile } from './links.js'
import type { GivenRows, MetadataReceipt, ProvenanceBoard } from '../model/provenance.js'

const MOST_SHOWN = 20

export function boardOf(
  declarations: readonly Declaration[],
  found: Links,
  files: readonly SubjectFile[],
  digests: Digests,
  rows: GivenRows | null,
): ProvenanceBoard {
  const declared = new Set(found.links.flatMap(({ declared, file }) => (declared.sha256 === null ? [] : [file])))
  files.forEach(({ sidecarSha256 }, file) => {
    if (sidecarSha256 !== null) declared.add(file)
  })
  const wrong = new Set(found.links.flatMap((link) => (isWrong(link, digests) ? [link.file] : [])))
  const matching = [...declared].filter((file) => {
    const actual = digests[file] ?? null
    const sidecar = files[file]?.sidecarSha256 ?? actual
    return actual !== null && !wrong.has(file) && sidecar === actual
  })
  return {
    rows: rows === null ? null : { rows: rows.rows, source: rows.source, url: rows.url, license: rows.license, hash: rows.hash },
    files: { total: files.length, declared: declared.size, matching: matching.length },
    metadata: declarations.map((declaration) => receiptOf(declaration, found)),
  }
}

function receiptOf(declaration: Declaration, { links }: Links): MetadataReceipt {
  const { path, kind, licenses, origins, rai, prov, error, problems } = declaration
  const own = links.filter((link) => link.declaration === declaration)
  return {
    path,
    kind,
    files: new Set(own.map(({ file }) => file)).size,
    digests: new Set(own.flatMap(({ declared, file }) => (declared.sha256 === null ? [] : [file]))).size,
    licenses: licenses.slice(0, MOST_SHOWN),
    origins: origins.slice(0, MOST_SHOWN),
    terms: [...rai, ...prov],
    error,
    problems: problems.map(({ text }) => text),
  }
}
