/** Writes the tokenizer test's lines, a JSON string each, for `check_ids.py`: `node dist/tools/encoders/write-lines.js generated|every`. */
import { everyCodePoint, lines } from '../../test/embed/lines.js'

const kind = process.argv[2]
if (kind !== 'generated' && kind !== 'every') throw new Error('usage: write-lines.js generated|every')
for (const line of kind === 'every' ? everyCodePoint(0x20000) : lines(10_000, 2))
  process.stdout.write(`${JSON.stringify(line)}\n`)
