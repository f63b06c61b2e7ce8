import type { Written } from '../declared/write/write.js'
import { safeText } from '../report/safe-text.js'
import { amount } from '../report/summary.js'

const FLAGS: Readonly<Record<string, string>> = {
  license: '--license',
  url: '--url',
  creator: '--creator',
  datePublished: '--date-published',
}

/** What `credence croissant` prints: where the document is, and what only its owner can add. */
export function croissantText({ path, files, recordSets, missing }: Written): string {
  const lines = [`wrote ${path}: ${amount(files, 'file')} with size and SHA-256, ${amount(recordSets, 'record set')}`]
  if (missing.length > 0) {
    lines.push(
      `the specification also asks for ${missing.join(', ')}: ${missing.map((key) => FLAGS[key] ?? key).join(', ')}, with --force`,
    )
  }
  lines.push('next: credence scan checks the data against it')
  return lines.map((line) => safeText(line, 500)).join('\n')
}
