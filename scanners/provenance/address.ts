/** The address that a row was fetched from: its host, and whether what lies there can change. */

/**
 * `pinned`: by a digest of the content, a commit, a fixed revision, or in an archive. `branch`: in a repository by a name that
 * moves on. `media`: a file that is no text, so that the row's content is not in the row. `page`: anything else.
 */
export type AddressKind = 'pinned' | 'branch' | 'media' | 'page'

export interface Address {
  /** In lower case, without port and `www.`; empty where the address needs none. */
  readonly host: string
  readonly kind: AddressKind
  /** Not encrypted: whoever is on the way can change it as well. */
  readonly plain: boolean
}

/** What is judged of longer ones. */
const MOST_UNITS = 2048
const SCHEME = /^([a-z][a-z0-9+.-]{0,30}):/
/** `example.org/page` without a scheme: a bare name may be a file's. */
const BARE = /^(?:[a-z0-9-]{1,63}\.){1,8}[a-z]{2,24}\//
/** Schemes that name content by its digest. */
const CONTENT_SCHEMES = new Set(['ipfs', 'swh', 'data', 'magnet', 'ni', 'nih', 'hash', 'bzz-raw', 'dat', 'ssb'])
const CONTENT_URN = /^urn:(?:sha|btih)/
const FETCHED_SCHEMES = new Set(['http', 'https', 'ftp', 'ftps', 'ipns', 's3', 'gs', 'git', 'git+https', 'hdfs', 'sftp'])

/** Null for a cell that is no address: a path, a name, an identifier. */
export function addressOf(cell: string): Address | null {
  const lower = cell.slice(0, MOST_UNITS).trim().toLowerCase()
  const scheme = SCHEME.exec(lower)?.[1]
  if (scheme !== undefined && CONTENT_SCHEMES.has(scheme)) return { host: '', kind: 'pinned', plain: false }
  if (scheme === 'urn' && CONTENT_URN.test(lower)) return { host: '', kind: 'pinned', plain: false }
  const place = placeOf(lower, scheme)
  if (place === null) return null
  return { host: place.host, kind: kindOf(place.host, lower.slice(place.end)), plain: scheme === 'http' || scheme === 'ftp' }
}

/** The host alone, as {@link addressOf} gives it; empty where there is none. */
export function hostOf(cell: string): string {
  const lower = cell.slice(0, MOST_UNITS).trim().toLowerCase()
  return placeOf(lower, SCHEME.exec(lower)?.[1])?.host ?? ''
}

/** The host and where it ends; null without one. */
function placeOf(lower: string, scheme: string | undefined): { readonly host: string; readonly end: number } | null {
  const fetched = scheme !== undefined && FETCHED_SCHEMES.has(scheme) && lower.startsWith('://', scheme.length)
  if (!fetched && !BARE.test(lower)) return null
  const start = fetched ? scheme.length + 3 : 0
  let end = start
  while (end < lower.length && !endsHost(lower.charCodeAt(end))) end++
  const host = hostName(lower.slice(start, end))
  return host === '' ? null : { host, end }
}

/** `/`, `?`, `#`, and `\`, which browsers take for `/`. */
function endsHost(unit: number): boolean {
  return unit === 47 || unit === 63 || unit === 35 || unit === 92
}

/** Without user, port and `www.`. */
function hostName(authority: string): string {
  const host = authority.slice(authority.lastIndexOf('@') + 1)
  const port = host.startsWith('[') ? host.indexOf(']') + 1 : host.indexOf(':')
  return (port > 0 ? host.slice(0, port) : host).replace(/^www\./, '').replace(/\.$/, '')
}

const COMMIT_DIGITS = 40
/** A commit or a digest, as a whole segment or after `@`. */
const COMMIT = /[/@][0-9a-f]{40}(?:[0-9a-f]{24})?(?:[/?#]|$)/
const DIGEST_FRAGMENT = /#(?:md5|sha1|sha-?256|sha-?512)[=:-][0-9a-f]{32,128}$/
const ARCHIVES: ReadonlyMap<string, RegExp> = new Map([
  ['web.archive.org', /^\/web\/\d{14}/],
  ['archive.softwareheritage.org', /swh:1:/],
  ['perma.cc', /^\/[\da-z]{4}-[\da-z]{4}/],
  ['webcitation.org', /^\/\w/],
  ['archive.today', /^\/\w/],
  ['archive.ph', /^\/\w/],
  ['archive.is', /^\/\w/],
  ['data.commoncrawl.org', /\.warc/],
  ['arxiv.org', /^\/(?:abs|pdf|html)\/[\d.]{4,12}v\d/],
])
const FORGE = /^(?:raw\.githubusercontent\.com|gist\.githubusercontent\.com|cdn\.jsdelivr\.net)$/
const FORGE_HOST = /^(?:github|gitlab|huggingface|bitbucket|codeberg)\./
const FORGE_PATH = /^\/[^/]{1,100}\/.{0,300}?\/(?:blob|raw|tree|resolve|src)\//
const MEDIA =
  /\.(?:jpe?g|png|gif|webp|bmp|tiff?|avif|svg|mp[34]|m4[av]|webm|mkv|mov|avi|wav|flac|ogg|opus|pdf|zip|gz|tar|parquet)$/

/** @param rest path, query and fragment in lower case */
function kindOf(host: string, rest: string): AddressKind {
  if (isPinned(host, rest)) return 'pinned'
  const after = rest.search(/[?#]/)
  const path = after < 0 ? rest : rest.slice(0, after)
  if (FORGE.test(host) || (FORGE_HOST.test(host) && FORGE_PATH.test(path))) return 'branch'
  return MEDIA.test(path) ? 'media' : 'page'
}

function isPinned(host: string, rest: string): boolean {
  if (rest.includes('#') && DIGEST_FRAGMENT.test(rest)) return true
  if (rest.startsWith('/ipfs/') && /^\/ipfs\/\w{20}/.test(rest)) return true
  if (ARCHIVES.get(host)?.test(rest)) return true
  if (rest.includes('oldid=') && /[?&]oldid=\d/.test(rest)) return true
  return rest.length > COMMIT_DIGITS && COMMIT.test(rest) && (FORGE.test(host) || FORGE_HOST.test(host) || rest.includes('/-/'))
}
