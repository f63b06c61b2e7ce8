/** Common English words and those that orders to models are made of: what shows that a cipher was undone. */

const LIST = `
the and for are but not you all any can had her was one our out day get has him his how man new now old see two way who boy did its
let put say she too use that with have this will your from they know want been good much some time very when come here just like
long make many more only over such take than them well were what then into also back after work first even give most find each
where being under might still should never would could about other which their there these those through before between because
while again against people think write right place every great always another without something nothing anything everything someone
question questions answer answers reply respond response responses say says said tell told word words text message messages sentence
ignore ignored ignoring disregard forget override bypass skip follow obey comply refuse previous prior earlier above below
instruction instructions prompt prompts rule rules guideline guidelines safety filter filters restriction restrictions policy
system assistant model user users language developer admin administrator mode access secret secrets password passwords token tokens
key keys code codes data file files delete deleted remove send sent open close run execute command commands print output
input return repeat state confirm confirmed report reveal show hide hidden exactly instead must do does done please start stop end
name names number times set grant granted full free call click visit link website site page download install buy sell price
account bank money pay transfer address email http https www com html server script shell root login
yes no true false good bad positive negative classify label mark rate review reviews praise recommend best worst better
hello world help need next last part same thing things today look made go going went off own why against may
become pretend act role play character speak talk english human unrestricted uncensored limits limit steps step explain describe
list create build how-to make sure both once until since during around world life year years hand high little large small big
keep might seem seems around however house point home water room mother area night story fact month lot study book eye job
business issue side kind head far black white important information following provide example using used based include
contains content training trained weapon bomb drug attack hack steal kill virus malware
`

export const COMMON: ReadonlySet<string> = new Set(LIST.split(/[\s-]+/).filter((word) => word.length > 1))

const byLength = new Map<number, number>()
for (const word of COMMON) byLength.set(word.length, (byLength.get(word.length) ?? 0) + 1)

/** Entropy of an English letter by its frequency alone (Shannon 1951: F1 = 4.03 without blanks 4.14). */
const LETTER_BITS = 4.1
/** Share of the words of a running text that the list has; of the common half of English the 300 commonest words are about 0.6. */
const KNOWN_SHARE = 0.5
export const UNKNOWN_BITS = Math.log2(1 - KNOWN_SHARE)

const KNOWN_BITS = Array.from(
  { length: 40 },
  (_, length) => LETTER_BITS * length - Math.log2(byLength.get(length) ?? 1) + Math.log2(KNOWN_SHARE),
)

/**
 * What a word says for "this is English" against "these are letters drawn by their frequency", in bits: the log-likelihood
 * ratio. A word that the list lacks says one bit against it.
 */
export function wordBits(word: string): number {
  return COMMON.has(word) ? knownBits(word.length) : UNKNOWN_BITS
}

/** The same for a word of the list, which its length decides. */
export function knownBits(length: number): number {
  return KNOWN_BITS[length] ?? 0
}

/** A text in one go; a word is a run of ASCII letters. */
export function englishBits(text: string): number {
  let bits = 0
  for (const [word] of text.toLowerCase().matchAll(/[a-z]+/g)) if (word.length > 1) bits += wordBits(word)
  return bits
}

const LONGEST = 14

/** Cuts letters without blanks into words of the list, what lies between them left together: the best sum of bits. */
export function segment(letters: string): string {
  const { length } = letters
  const best = new Float64Array(length + 1)
  const from = new Int32Array(length + 1)
  for (let end = 1; end <= length; end++) {
    best[end] = best[end - 1]! - LETTER_BITS
    from[end] = end - 1
    for (let size = 2; size <= Math.min(LONGEST, end); size++) {
      const word = letters.slice(end - size, end)
      if (!COMMON.has(word)) continue
      const bits = best[end - size]! + wordBits(word)
      if (bits > best[end]!) {
        best[end] = bits
        from[end] = end - size
      }
    }
  }
  return joined(letters, from)
}

function joined(letters: string, from: Int32Array): string {
  const parts: string[] = []
  let wasLetter = false
  for (let end = letters.length; end > 0; end = from[end]!) {
    const part = letters.slice(from[end], end)
    if (part.length === 1 && wasLetter) parts.push(part + parts.pop()!)
    else parts.push(part)
    wasLetter = part.length === 1
  }
  return parts.reverse().join(' ')
}
