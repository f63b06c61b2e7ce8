import { safeText } from './safe-text.js'

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' }

/**
 * Untrusted text as XML 1.0 takes it, between tags and in quoted attributes: one line, of characters that the standard allows
 * (§2.2), with nothing that a viewer acts on. What is not allowed becomes a visible escape first.
 */
export function xmlText(text: string, longest = 2000): string {
  return safeText(text, longest).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '')
}
