/** Names of licences as cells give them, and what a name means: see README.md for the sources. */
import { SPDX } from './spdx.js'

/** Names that data cards use beside SPDX identifiers; those of Hugging Face's card metadata among them. */
const CARD_NAMES = new Set(
  (
    'openrail openrail-m openrail++ bigscience-openrail-m creativeml-openrail-m bigcode-openrail-m bigscience-bloom-rail-1.0 ' +
    'bloom-rail-1.0 ai2-impact ai2-impact-low-risk ai2-impact-medium-risk h-research intel-research apple-ascl apple-amlr ' +
    'deepfloyd-if fair-noncommercial-research noncommercial-research llama2 llama3 llama3.1 llama3.2 llama3.3 llama4 ' +
    'grok2-community gemma falcon-llm tii-falcon-llm qwen deepseek mistral-research nvidia-open-model cc public-domain ' +
    'us-government-work bsd bsd-style gpl lgpl agpl gfdl mpl epl cddl apache artistic zlib-libpng ogl ogl-uk arxiv ' +
    'arxiv-nonexclusive-distrib odc-by odbl pddl cdla-permissive cdla-sharing c-uda o-uda etalab psf python perl expat'
  ).split(' '),
)

/** Other spellings of a name, each as {@link plainName} leaves it. */
const ALIASES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    apache2: 'apache-2.0',
    'apache-2': 'apache-2.0',
    'arxiv.org-perpetual-non-exclusive': 'arxiv-nonexclusive-distrib',
    'arxiv-perpetual-non-exclusive': 'arxiv-nonexclusive-distrib',
    'bsd-3-clause-new-or-revised': 'bsd-3-clause',
    'bsd-2-clause-simplified': 'bsd-2-clause',
    asl2: 'apache-2.0',
    'asl-2.0': 'apache-2.0',
    'mit-expat': 'mit',
    'bsd-2': 'bsd-2-clause',
    'bsd-3': 'bsd-3-clause',
    'bsd-2clause': 'bsd-2-clause',
    'bsd-3clause': 'bsd-3-clause',
    'simplified-bsd': 'bsd-2-clause',
    freebsd: 'bsd-2-clause',
    'new-bsd': 'bsd-3-clause',
    'modified-bsd': 'bsd-3-clause',
    cc0: 'cc0-1.0',
    'cc-0': 'cc0-1.0',
    'cc-zero': 'cc0-1.0',
    'cc0-universal': 'cc0-1.0',
    'cc0-1.0-universal': 'cc0-1.0',
    'cc-zero-1.0': 'cc0-1.0',
    'cc-zero-1.0-universal': 'cc0-1.0',
    publicdomain: 'public-domain',
    pd: 'public-domain',
    pdm: 'cc-pdm-1.0',
    'pdm-1.0': 'cc-pdm-1.0',
    'public-domain-mark-1.0': 'cc-pdm-1.0',
    unlicence: 'unlicense',
    odcby: 'odc-by',
    'open-data-commons-by': 'odc-by',
    'open-data-commons-by-1.0': 'odc-by-1.0',
    'open-database': 'odbl',
    'open-data-commons-open-database': 'odbl',
    'odbl-1': 'odbl-1.0',
    'open-government': 'ogl',
    'open-government-3.0': 'ogl-uk-3.0',
    'ogl-3.0': 'ogl-uk-3.0',
    'ogl-2.0': 'ogl-uk-2.0',
    'mozilla-2.0': 'mpl-2.0',
    'mozilla-public-2.0': 'mpl-2.0',
    'eclipse-public-2.0': 'epl-2.0',
    'lgpl-lr': 'lgpllr',
    'free-documentation': 'gfdl',
    'free-documentation-1.3': 'gfdl-1.3',
    'llama-2': 'llama2',
    'llama-2-community': 'llama2',
    'llama2-community': 'llama2',
    'llama-3': 'llama3',
    'llama-3-community': 'llama3',
    'llama-3.1': 'llama3.1',
    'llama-3.2': 'llama3.2',
    'llama-3.3': 'llama3.3',
    'llama-4': 'llama4',
    'arxiv.org': 'arxiv',
    'isc-style': 'isc',
    boost: 'bsl-1.0',
    'boost-software': 'bsl-1.0',
    'boost-1.0': 'bsl-1.0',
  }),
)

/** Words that say no licence: none, or not which. */
const UNSTATED = new Set(
  (
    'unknown other none no null nil na n-a nan not-specified unspecified not-available not-provided not-stated undefined ' +
    'various mixed multiple custom see-source see-website see-file noassertion proprietary commercial all-rights-reserved ' +
    'copyright copyrighted fair-use unlicensed no-explicit tbd todo no-found missing empty'
  ).split(' '),
)

const DROPPED_WORDS = new Set('the license licence licenses licensed licences version v under terms of gnu software'.split(' '))
/** Words of long names, as short ones have them. */
const SHORT_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    attribution: 'by',
    noncommercial: 'nc',
    sharealike: 'sa',
    noderivatives: 'nd',
    noderivs: 'nd',
    clauses: 'clause',
  }),
)
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/creative[ -]commons/g, 'cc'],
  [/non[ -]commercial/g, 'noncommercial'],
  [/share[ -]alike/g, 'sharealike'],
  [/no[ -]deriv(?:ative)?s/g, 'noderivs'],
  [/(?:gnu )?affero general public/g, 'agpl'],
  [/(?:gnu )?(?:lesser|library) general public/g, 'lgpl'],
  [/(?:gnu )?general public/g, 'gpl'],
  [/free documentation/g, 'gfdl'],
  [/\bcc[ -]?by/g, 'cc-by'],
]

/** A name in lower case, its words joined by hyphens, without those that tell nothing. */
function plainName(text: string): string {
  let plain = text.toLowerCase()
  for (const [long, short] of PHRASES) plain = plain.replace(long, short)
  const words = plain.split(/[^a-z0-9.+]+/).flatMap((word) => {
    const bare = word.replace(/^v(?=\d)/, '').replace(/\.$/, '')
    return bare === '' || DROPPED_WORDS.has(bare) ? [] : [SHORT_WORDS.get(bare) ?? bare]
  })
  return words.join('-')
}

/** The name that a licence is known by, in lower case; null where the text is no name that is known. */
export function knownName(text: string): string | null {
  const name = listedName(text)
  // What the list deprecates stands for this version only.
  return name !== null && /^(?:a|l)?gpl-\d\.\d$/.test(name) ? `${name}-only` : (ONE_VERSION.get(name ?? '') ?? name)
}

/** Of these there is one version. */
const ONE_VERSION: ReadonlyMap<string, string> = new Map([
  ['odbl', 'odbl-1.0'],
  ['odc-by', 'odc-by-1.0'],
  ['pddl', 'pddl-1.0'],
  ['cdla-sharing', 'cdla-sharing-1.0'],
])

function listedName(text: string): string | null {
  const spelled = text.trim().toLowerCase()
  if (SPDX.has(spelled)) return spelled
  const plain = plainName(spelled)
  const name = ALIASES.get(plain) ?? plain
  if (isListed(name)) return name
  // `apache2.0`
  const apart = plain.replace(/^[a-z]{2,10}(?=\d)/, '$&-')
  if (isListed(apart)) return apart
  const commons = creativeCommons(name)
  if (commons !== null) return commons
  const gnu = gnuName(name)
  return gnu !== null && isListed(gnu) ? gnu : null
}

function isListed(name: string): boolean {
  return SPDX.has(name) || CARD_NAMES.has(name)
}

/** Whether the text says that there is no licence, or not which. */
export function isUnstated(text: string): boolean {
  const plain = plainName(text)
  return plain === '' || UNSTATED.has(plain)
}

/** `cc-by-nc-sa-4.0` of any order of its parts, with or without a version and a country. */
function creativeCommons(name: string): string | null {
  const parts = name.split('-')
  if (parts.filter((part) => part === 'by').length !== 1 || parts.length > 10) return null
  const version = parts.find((part) => /^[1-4](?:\.[015])?$/.test(part))
  const rest = parts.filter((part) => !['cc', 'by', 'nc', 'sa', 'nd', version].includes(part))
  if (rest.some((part) => version === undefined || !COUNTRY.test(part))) return null
  const kind = ['nc', 'sa', 'nd'].filter((part) => parts.includes(part)).map((part) => `-${part}`)
  return `cc-by${kind.join('')}${version === undefined ? '' : `-${version.includes('.') ? version : `${version}.0`}`}`
}

/** What stands behind a version: `international`, `igo`, `de`. */
const COUNTRY = /^(?:international|intl|unported|generic|igo|[a-z]{2}|united|states|deed|public)$/

/** `gpl-3.0+`, `gplv3`, `gpl-3-or-later` in the list's way. */
function gnuName(name: string): string | null {
  const [, family, number, rest] = /^(a?gpl|lgpl|gfdl)-?v?(\d(?:\.\d)?)?(\+|-or-later|-only)?$/.exec(name) ?? []
  if (family === undefined) return null
  const version = number === undefined ? '' : `-${number.includes('.') ? number : `${number}.0`}`
  return `${family}${version}${rest === '+' ? '-or-later' : (rest ?? '')}`
}
