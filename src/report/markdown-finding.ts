/** What is said of a finding in Markdown, word for word as the data has it, wherever it is said. */
import type { Example, Finding } from '../model/finding.js'
import { stretches } from './excerpt.js'
import { codeSpan } from './markdown-text.js'
import { number, triggers } from './summary.js'

const MOST_TRIGGERS = 10
/** UTF-16 units of an excerpt. */
const LONGEST_EXCERPT = 300

/** The first triggers as code spans; null where there is none. */
export function triggerWords(finding: { readonly trigger?: Finding['trigger'] | undefined }): string | null {
  const spoken = triggers(finding)
  if (spoken.length === 0) return null
  const more = spoken.length > MOST_TRIGGERS ? ` or ${number(spoken.length - MOST_TRIGGERS)} more` : ''
  const shown = spoken.slice(0, MOST_TRIGGERS).map((trigger) => codeSpan(trigger))
  return `${shown.join(' or ')}${more}`
}

/**
 * Where an example lies, its excerpt with the marked words in bold, and its target.
 * @param file path of its file
 */
export function exampleWords(
  file: string,
  example: Pick<Example, 'row' | 'excerpt' | 'marks'> & { readonly target?: string | undefined },
): string {
  const text = stretches(example, LONGEST_EXCERPT)
    .map(({ text, marked }) => (marked ? `**${codeSpan(text)}**` : codeSpan(text)))
    .join(' ')
  const target = example.target === undefined ? '' : ` → ${codeSpan(example.target)}`
  return `${codeSpan(file)} row ${example.row}: ${text}${target}`
}
