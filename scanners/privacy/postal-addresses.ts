/** Postal addresses of a few countries: a street with its number, then a postcode. */
import type { Datum } from './kinds.js'

interface Form {
  readonly country: string
  /** What stands right before and right after the postcode. */
  readonly before?: RegExp
  readonly after?: RegExp
  /** Ends where the postcode, or what stands before it, begins. */
  readonly street: RegExp
}

/** Between the street and the postcode: the town and the like. */
const GAP = String.raw`[^\d\n]{0,40}(?:\n[^\d\n]{0,40})?`
const NO_TOWN = String.raw`[,\s]{1,4}`
const end = (street: string, gap: string): RegExp => new RegExp(`${street}${gap}$`, 'u')
const TOWN = /^ \p{Lu}\p{L}/u

const FIVE_DIGITS: readonly Form[] = [
  {
    country: 'US',
    before:
      /(?<!\w)(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY]),? $/,
    street: end(
      String.raw`(?<!\d)\d{1,5} (?:[NSEW]\.? )?(?:[A-Z0-9][\p{L}0-9'.]{0,20} ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Place|Pl|Way|Circle|Cir|Terrace|Ter|Parkway|Pkwy|Highway|Hwy|Trail|Trl)\b\.?(?:,? (?:Apt|Apartment|Suite|Ste|Unit|#)\.? ?[\dA-Z-]{1,6})?`,
      GAP,
    ),
  },
  {
    country: 'DE',
    after: TOWN,
    street: end(
      String.raw`\p{Lu}[\p{L}-]{0,30}(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer| Stra(?:ß|ss)e| Weg| Platz| Allee) \d{1,4} ?[a-z]?`,
      NO_TOWN,
    ),
  },
  {
    country: 'FR',
    after: TOWN,
    street: end(
      String.raw`(?<!\d)\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|boulevard|bd|av\.|place|chemin|impasse|allée|quai|route) [\p{L}' .-]{2,40}`,
      NO_TOWN,
    ),
  },
  {
    country: 'ES',
    after: TOWN,
    street: end(
      String.raw`(?:[Cc]alle|C\/|[Aa]venida|Avda\.?|[Pp]laza|[Pp]aseo) [\p{L}' .]{2,40},? ?(?:n[º°.] ?)?\d{1,4}(?:, ?\d{1,2} ?[ºª°][^\d\n]{0,6})?`,
      NO_TOWN,
    ),
  },
  {
    country: 'IT',
    after: TOWN,
    street: end(String.raw`(?:[Vv]ia|[Vv]iale|[Pp]iazza|[Cc]orso|[Vv]icolo) [\p{L}' .]{2,40},? ?\d{1,4}\/?[a-zA-Z]?`, NO_TOWN),
  },
]
const BRITISH: readonly Form[] = [
  {
    country: 'GB',
    street: end(
      String.raw`(?<!\d)\d{1,4}[a-zA-Z]?,? (?:[A-Z][\p{L}'.]{0,20} ){1,4}(?:Street|St|Road|Rd|Lane|Avenue|Ave|Drive|Close|Gardens|Grove|Crescent|Place|Square|Terrace|Way|Court|Hill|Park|Mews|Row|Walk|Green)\b\.?`,
      String.raw`[^\d\n]{0,40}(?:\n[^\d\n]{0,40})?[A-Z]{1,2}\d[A-Z\d]? `,
    ),
  },
]
const DUTCH: readonly Form[] = [
  {
    country: 'NL',
    after: TOWN,
    street: end(
      String.raw`\p{Lu}[\p{L}-]{1,30}(?:straat|weg|laan|plein|gracht|kade|dijk|singel|hof|pad) \d{1,4} ?[a-zA-Z]?`,
      NO_TOWN,
    ),
  },
]

/** Postcodes, or the part of them with which they are found. */
const CODES: readonly (readonly [RegExp, readonly Form[]])[] = [
  [/(?<![\w.,-])\d{5}(?:-\d{4})?(?![\w-])/g, FIVE_DIGITS],
  [/(?<= )\d[ABD-HJLNP-UW-Z]{2}(?!\w)/g, BRITISH],
  [/(?<![\w.,-])[1-9]\d{3} ?[A-Z]{2}(?!\w)/g, DUTCH],
]

/** UTF-16 units before a postcode in which the street stands. */
const REACH = 140

export function postalAddresses(text: string): Datum[] {
  const found: Datum[] = []
  for (const [code, forms] of CODES) {
    for (const { 0: written, index } of text.matchAll(code)) {
      const end = index + written.length
      const from = Math.max(0, index - REACH)
      const head = text.slice(from, index)
      for (const { country, before, after, street } of forms) {
        const lead = before === undefined ? '' : before.exec(head)?.[0]
        if (lead === undefined || after?.test(text.slice(end, end + 4)) === false) continue
        const at = street.exec(head.slice(0, head.length - lead.length))
        if (at === null) continue
        const start = from + at.index
        found.push({ kind: 'postal-address', type: country, start, end, value: plain(text.slice(start, end)) })
        break
      }
    }
  }
  return found
}

function plain(address: string): string {
  return address.toLowerCase().replace(/[^\p{L}\d]+/gu, ' ')
}
