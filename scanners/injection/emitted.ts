/** What a reply sends out or forges by itself: the model would learn to. */
import type { Hit } from './matcher.js'
import { isDiscussed, isQuoted } from './quoting.js'

export interface Emission {
  readonly family: 'exfiltration' | 'markers'
  readonly start: number
  readonly end: number
}

const MOST_IMAGES = 20
/** Consecutive units of the prompt that an address holds. */
const LEAST_CARRIED = 16

/** Services that draw what their address says; whoever writes the data has no access to their logs. */
const DRAWS =
  /^(?:[\w-]+\.)*(?:shields\.io|codecogs\.com|quickchart\.io|pollinations\.ai|placeholder\.com|placehold\.co|dummyimage\.com|placekitten\.com|picsum\.photos|unsplash\.com|wikipedia\.org|wikimedia\.org|googleapis\.com|google\.com|github\.com|githubusercontent\.com|gravatar\.com|mermaid\.ink|plantuml\.com|kroki\.io|loremflickr\.com|bing\.com|via\.placeholder\.com|math\.vercel\.app)$/i

/** @param hits of rules for outputs, in the reply */
export function emissionOf(prompt: string, reply: string, hits: readonly Hit[]): Emission | null {
  const { rule, start, end } =
    hits.find((hit) => !isQuoted(reply, hit.start, hit.end) && !isDiscussed(reply, hit.start, hit.end)) ?? {}
  if (rule !== undefined && start !== undefined && end !== undefined && !asksFor(prompt)) {
    return { family: rule.family === 'markers' ? 'markers' : 'exfiltration', start, end }
  }
  return carriesPrompt(prompt, reply)
}

/** The prompt is about templates, tokens or addresses itself. */
function asksFor(prompt: string): boolean {
  return /\b(?:templat\w*|placeholder|special tokens?|chat ?ml|prompt format|fine-?tun\w*|llama|mistral|tokeni[sz]\w*|markdown|html|<img|url|query string|webhook|\[inst\])|<\||!\[/i.test(
    prompt,
  )
}

/** A Markdown image or HTML picture whose address holds words of the prompt: it is fetched when it is shown. */
function carriesPrompt(prompt: string, reply: string): Emission | null {
  if (!reply.includes('![') && !reply.includes('<img')) return null
  const wanted = squeezed(prompt)
  if (wanted.length < LEAST_CARRIED) return null
  let seen = 0
  for (const match of reply.matchAll(
    /(?:!\[[^\]\n]{0,200}\]\(\s*<?|<img\b[^>\n]{0,200}?src=["']?)https?:\/\/([^\s/?#"'<>)]{1,200})([^\s"'<>)]{1,4000})/gi,
  )) {
    if (++seen > MOST_IMAGES) break
    const [whole, host, rest] = match as unknown as [string, string, string]
    const query = rest.indexOf('?')
    if (query < 0 || DRAWS.test(host.replace(/:\d+$/, '')) || prompt.includes(host)) continue
    const end = match.index + whole.length
    if (valuesOf(rest.slice(query + 1)).some((value) => holds(wanted, value)))
      return { family: 'exfiltration', start: match.index, end }
  }
  return null
}

function holds(wanted: string, value: string): boolean {
  const found = squeezed(value)
  if (found.length < LEAST_CARRIED) return false
  for (let at = 0; at + LEAST_CARRIED <= found.length && at < 400; at += 4) {
    if (wanted.includes(found.slice(at, at + LEAST_CARRIED))) return true
  }
  return false
}

/** As they stand, with escapes undone, and what base64 makes of them. */
function valuesOf(query: string): string[] {
  return query
    .split('&')
    .slice(0, 20)
    .flatMap((part) => {
      const raw = part.slice(part.indexOf('=') + 1)
      let plain = raw.replace(/\+/g, ' ')
      try {
        plain = decodeURIComponent(plain)
      } catch {
        // Not escaped as it should be: as it stands, then.
      }
      return /^[\w+/=-]{22,}$/.test(raw) ? [plain, Buffer.from(raw, 'base64').toString('utf8')] : [plain]
    })
}

const squeezed = (text: string): string =>
  (
    text
      .slice(0, 4000)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  ).join('')
