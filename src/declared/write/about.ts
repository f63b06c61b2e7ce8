/** What people say of their data set on the command line. */
import { isDate } from '../croissant/dataset-rules.js'
import { CredenceError } from '../../errors.js'
import type { About } from './document.js'

/** @param flags as typed, by name. @throws CredenceError `usage` for a date or an address that is none */
export function aboutFrom(flags: Readonly<Record<string, unknown>>): Partial<About> {
  const text = (name: string): string | null => {
    const value = flags[name]
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null
  }
  const [name, description, license, url, creator, date] = (
    ['name', 'description', 'license', 'url', 'creator', 'date-published'] as const
  ).map(text)
  if (date && !isDate(date)) throw new CredenceError('usage', `--date-published: expected a date such as 2027-01-31, got ${date}`)
  if (url && !URL.canParse(url))
    throw new CredenceError('usage', `--url: expected an address such as https://example.org/data, got ${url}`)
  return {
    ...(name ? { name } : {}),
    ...(description ? { description } : {}),
    ...(license ? { licenses: [license] } : {}),
    ...(url ? { url } : {}),
    ...(creator ? { creators: [creator] } : {}),
    ...(date ? { datePublished: date } : {}),
  }
}
