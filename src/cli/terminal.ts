import { type Annotation, annotationLine } from '../report/annotations.js'
import { guardLines, safeText } from '../report/safe-text.js'

const DEFAULT_WIDTH = 100
/** Wider lines are hard to read. */
const WIDEST = 140

export function terminalWidth(stream: NodeJS.WriteStream): number {
  return Math.min(WIDEST, Math.max(60, stream.columns || DEFAULT_WIDTH))
}

/** Colour on terminals only, unless `NO_COLOR` has any value (no-color.org). */
export function wantsColour(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb'
}

/** Writes lines that are already safe within themselves, and waits until the stream took them. */
export function print(text: string, stream: NodeJS.WriteStream = process.stdout): Promise<void> {
  return written(guardLines(text.endsWith('\n') ? text : `${text}\n`), stream)
}

/** The only lines that a CI log's reader is meant to obey. */
export function printAnnotations(annotations: readonly Annotation[]): Promise<void> {
  return written(annotations.map((annotation) => `${annotationLine(annotation)}\n`).join(''), process.stdout)
}

function written(text: string, stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write(text, () => {
      resolve()
    })
  })
}

/** One line for standard error, from anyone: made safe here. */
export function noticeLine(line: string): string {
  return guardLines(`credence: ${safeText(line, 1000)}\n`)
}

export function printNotice(line: string): Promise<void> {
  return print(noticeLine(line), process.stderr)
}
