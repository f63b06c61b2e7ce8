/**
 * What licences ask of a work that rows are merged into. A share-alike licence wants the whole under itself or one that it names;
 * each such licence is a bit, and a licence has the bits of all that its works may be passed on under. Two licences without a
 * common bit exclude each other. Copyleft by file or library (MPL, EPL, LGPL, CDDL) says nothing of a collection: no bits.
 *
 * Sources: the licences' own texts; Creative Commons, "Compatible Licenses" (BY-SA 4.0 to Free Art 1.3 and GPL 3.0, and to later
 * versions of itself since 2.0); Free Software Foundation, "Various Licenses and Comments about Them"; appendix of EUPL 1.2.
 */

const POOLS = [
  'by-sa-1.0',
  'by-sa-2.0',
  'by-sa-2.1',
  'by-sa-2.5',
  'by-sa-3.0',
  'by-sa-4.0',
  'by-nc-sa-1.0',
  'by-nc-sa-2.0',
  'by-nc-sa-2.1',
  'by-nc-sa-2.5',
  'by-nc-sa-3.0',
  'by-nc-sa-4.0',
  'gpl-1.0',
  'gpl-2.0',
  'gpl-3.0',
  'agpl-1.0',
  'agpl-3.0',
  'gfdl',
  'odbl',
  'cdla-sharing',
  'osl',
  'eupl',
  'lal',
  'cern-ohl-s',
  'sspl',
  'cecill',
] as const
type Pool = (typeof POOLS)[number]

function bits(...pools: readonly Pool[]): number {
  return pools.reduce((sum, pool) => sum | (1 << POOLS.indexOf(pool)), 0)
}

const VERSIONS = ['1.0', '2.0', '2.1', '2.5', '3.0', '4.0'] as const
const GPL_3 = bits('gpl-3.0', 'agpl-3.0')
const CECILL = bits('cecill', 'gpl-1.0', 'gpl-2.0', 'gpl-3.0', 'agpl-3.0', 'eupl')

export const NON_COMMERCIAL_POOLS = VERSIONS.reduce((sum, version) => sum | bits(`by-nc-sa-${version}`), 0)

/** By the beginning of a name, the most telling first. */
const SHARE_ALIKE: readonly (readonly [string, number])[] = [
  ['gpl-1.0-or-later', bits('gpl-1.0', 'gpl-2.0') | GPL_3],
  ['gpl-1.0', bits('gpl-1.0')],
  ['gpl-2.0-or-later', bits('gpl-2.0') | GPL_3],
  // With an exception for what is built with it.
  ['gpl-2.0-with-', 0],
  ['gpl-3.0-with-', 0],
  ['gpl-2.0', bits('gpl-2.0')],
  ['gpl-3.0', GPL_3],
  ['gpl', bits('gpl-1.0', 'gpl-2.0') | GPL_3],
  ['agpl-1.0', bits('agpl-1.0', 'agpl-3.0')],
  ['agpl', bits('agpl-3.0')],
  ['gfdl', bits('gfdl')],
  ['odbl', bits('odbl')],
  ['cdla-sharing', bits('cdla-sharing')],
  ['osl', bits('osl')],
  ['eupl-1.2', bits('eupl', 'osl', 'gpl-2.0', 'by-sa-3.0', 'cecill') | GPL_3],
  ['eupl', bits('eupl', 'osl', 'gpl-2.0', 'cecill')],
  ['lal-1.3', bits('lal', 'by-sa-4.0')],
  ['lal', bits('lal')],
  ['cern-ohl-s', bits('cern-ohl-s')],
  ['sspl', bits('sspl')],
  ['cecill-2', CECILL],
]

/** Bits of the licences that a work with parts under this one may come under; 0 where it does not say. */
export function copyleftOf(name: string): number {
  const [, commerce, version] = /^cc-by(-nc)?-sa(?:-(\d\.\d))?/.exec(name) ?? []
  if (name.startsWith('cc-by') && name.includes('-sa')) return commonsBits(commerce === undefined ? 'by-sa' : 'by-nc-sa', version)
  return SHARE_ALIKE.find(([start]) => name.startsWith(start))?.[1] ?? 0
}

/** Later versions of the same licence are allowed since 2.0; where no version is given, any may be meant. */
function commonsBits(kind: 'by-sa' | 'by-nc-sa', version: string | undefined): number {
  const from = VERSIONS.findIndex((each) => each === version)
  const reached = version === '1.0' ? ['1.0' as const] : VERSIONS.slice(Math.max(0, from))
  const own = reached.reduce((sum, each) => sum | bits(`${kind}-${each}`), 0)
  // Free Art and GPL take in what is under 4.0 itself.
  return kind === 'by-sa' && (version === '4.0' || version === undefined) ? own | bits('lal', 'gpl-3.0') : own
}

const NON_COMMERCIAL =
  /^(?:cc-by(?:-[a-z]+)*-nc|polyform-noncommercial|ncgl|fair-noncommercial|noncommercial|apple-amlr|intel-research|deepfloyd|mistral-research)/

export function forbidsCommerce(name: string): boolean {
  return NON_COMMERCIAL.test(name)
}

export function forbidsDerivatives(name: string): boolean {
  return /^cc-by(?:-nc)?-nd/.test(name)
}
