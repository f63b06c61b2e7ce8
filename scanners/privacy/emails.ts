/** E-mail addresses of people, within the bounds of RFC 5321 §4.5.3.1. */
import { before } from './context.js'
import type { Datum } from './kinds.js'

const LONGEST_LOCAL = 64
const LONGEST_DOMAIN = 255

const LOCAL_UNIT = /[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]/u
const IS_LOCAL = Uint8Array.from({ length: 128 }, (_, c) => (LOCAL_UNIT.test(String.fromCharCode(c)) ? 1 : 0))

function isLocalUnit(unit: number): boolean {
  return unit < 128 ? IS_LOCAL[unit] === 1 : LOCAL_UNIT.test(String.fromCharCode(unit))
}
/** What prose and code put before an address. */
const LEADING = /^[.'`*=/|?&#!{}~+^-]+/
const DOMAIN = /(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,8}[\p{L}]{2,24}(?![\p{L}\p{N}_]|-[\p{L}\p{N}])/uy

/** RFC 2606 and RFC 6761, and what manuals write instead. */
const RESERVED_DOMAIN =
  /(?:^|\.)(?:test|invalid|localhost|local|example|internal|lan)$|(?:^|\.)(?:example|your[a-z-]*|my-?(?:company|domain|site|org|email|mail|server)|company|domain|foo|bar|foobar|baz|test|testing|acme|contoso|fabrikam|xxx|abc|xyz|somewhere|server|host|placeholder|fake|dummy|sample|email|mailinator|nowhere|users\.noreply\.github|noreply)\.[a-z]{2,6}$/i
const RESERVED_LOCAL =
  /^(?:no[._-]?reply|do[._-]?not[._-]?reply|user(?:name)?\d{0,3}|you(?:r(?:[._-]?(?:name|email))?)?|me|name|e?mail|address|foo|bar|test(?:er|ing|user)?\d{0,3}|someone|somebody|example|sample|git|ssh|root|x+|(?:john|jane|joe)[._-]?(?:doe|smith|public)|j\.?doe|alice|bob|first(?:name)?[._-]?last(?:name)?|mailer-daemon|postmaster|bounces?|hello|abc|a|b|u)$/i
/** `icon@2x.png`: names of files. */
const FILE_END =
  /\.(?:png|jpe?g|gif|svg|webp|js|mjs|ts|tsx|jsx|css|scss|html?|json|php|exe|zip|tgz|gz|rpm|deb|jar|pdf|txt|xml|ya?ml|lock|whl|service|dev0)$/i
/** The password of a link's user looks like an address with its host. */
const IN_LINK = /:\/\/[^\s/]{0,200}$/
const MESSAGE_ID = /(?:message-id|in-reply-to|references|content-id|cid|msgid)[^\n]{0,30}$/i

export function emails(text: string): Datum[] {
  const found: Datum[] = []
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    let start = at
    while (start > 0 && at - start <= LONGEST_LOCAL && isLocalUnit(text.charCodeAt(start - 1))) start--
    start += LEADING.exec(text.slice(start, at))?.[0].length ?? 0
    const local = text.slice(start, at)
    if (local === '' || local.length > LONGEST_LOCAL || local.endsWith('.') || local.includes('..')) continue
    DOMAIN.lastIndex = at + 1
    const domain = DOMAIN.exec(text)?.[0]
    if (domain === undefined || domain.length > LONGEST_DOMAIN || !isPersonal(local, domain)) continue
    if (IN_LINK.test(before(text, start, 210)) || isMessageId(text, start, local)) continue
    const end = at + 1 + domain.length
    found.push({
      kind: 'email',
      type: 'address',
      start,
      end,
      value: `${local}@${domain}`.toLowerCase(),
      named: isNamed(text, start, end, local),
    })
  }
  return found
}

function isPersonal(local: string, domain: string): boolean {
  return !RESERVED_LOCAL.test(local) && !RESERVED_DOMAIN.test(domain) && !FILE_END.test(domain) && /[\p{L}\p{N}]/u.test(local)
}

/** Machines write the local part: long, mostly digits, behind the header's name. */
function isMessageId(text: string, start: number, local: string): boolean {
  const digits = local.replace(/\D/g, '').length
  return MESSAGE_ID.test(before(text, start, 60)) || (local.length >= 16 && digits >= 8)
}

/** A word in capitals beside the address is part of its local part: whose address it is stands there. */
function isNamed(text: string, start: number, end: number, local: string): boolean {
  const words = `${before(text, start, 60)} ${text.slice(end, end + 40)}`.match(/\p{Lu}\p{Ll}{2,20}/gu) ?? []
  const own = local.toLowerCase()
  return words.some((word) => own.includes(word.toLowerCase()))
}
