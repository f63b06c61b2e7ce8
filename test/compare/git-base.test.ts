import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { checkoutBase } from '../../src/compare/git-base.js'
import { CredenceError } from '../../src/errors.js'
import { temporaryFolder } from '../temporary-folder.js'

const AUTHOR = ['-c', 'user.name=a', '-c', 'user.email=a@example.org', '-c', 'init.defaultBranch=main']

/** A repository whose first commit, tagged `base`, holds these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const top = temporaryFolder()
  for (const [path, text] of Object.entries(files)) put(top, path, text)
  git(top, 'init', '--quiet')
  git(top, 'add', '--all')
  git(top, 'commit', '--quiet', '--message', 'base')
  git(top, 'tag', 'base')
  return top
}

function git(cwd: string, ...args: string[]): void {
  execFileSync('git', [...AUTHOR, ...args], { cwd, stdio: ['ignore', 'ignore', 'inherit'] })
}

function put(top: string, path: string, text: string): void {
  mkdirSync(dirname(join(top, path)), { recursive: true })
  writeFileSync(join(top, path), text)
}

const lfsPointer = (content: string): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${sha(content, 'sha256')}\nsize ${content.length}\n`
const sha = (content: string, kind: string): string => createHash(kind).update(content).digest('hex')

const fails = (work: Promise<unknown>, code: string, message: RegExp): Promise<void> =>
  assert.rejects(work, (error) => {
    assert.ok(error instanceof CredenceError, String(error))
    assert.equal(error.code, code)
    assert.match(error.message, message)
    return true
  })

describe('files as they were at a commit', () => {
  test('a file, a folder, from below the top; what came later, and links, are not there', async () => {
    const top = repository({
      'sets/data/a.jsonl': '{"text":"old"}\n',
      'sets/data/b.jsonl': '{"text":"b"}\n',
      'sets/c.csv': 'text\nc\n',
    })
    put(top, 'sets/data/a.jsonl', '{"text":"new"}\n')
    put(top, 'sets/data/later.jsonl', '{"text":"later"}\n')
    const checkout = await checkoutBase('base', ['data', 'c.csv'], join(top, 'sets'))
    assert.deepEqual(checkout.paths, ['data', 'c.csv'])
    assert.deepEqual(readdirSync(join(checkout.cwd, 'data')), ['a.jsonl', 'b.jsonl'])
    assert.equal(readFileSync(join(checkout.cwd, 'data/a.jsonl'), 'utf8'), '{"text":"old"}\n')
    assert.equal(readFileSync(join(checkout.cwd, 'c.csv'), 'utf8'), 'text\nc\n')
    await checkout.dispose()
    assert.equal(existsSync(checkout.cwd), false)
    assert.equal(readFileSync(join(top, 'sets/data/a.jsonl'), 'utf8'), '{"text":"new"}\n')
  })

  test('a path that looks like a pattern or an option of git is taken as it is', async () => {
    const top = repository({ '--output=x.jsonl': '{"text":"old"}\n' })
    const checkout = await checkoutBase('base', ['./--output=x.jsonl'], top)
    assert.deepEqual(readdirSync(checkout.cwd), ['--output=x.jsonl'])
    await checkout.dispose()
    await fails(checkoutBase('--output=x', ['a.jsonl'], top), 'usage', /git knows no commit "--output=x"/)
  })

  test('git LFS: from the local store, and where it is not there it says how to get it; nothing is fetched', async () => {
    const content = '{"text":"kept outside"}\n'
    const top = repository({ 'a.jsonl': lfsPointer(content), '.gitattributes': '*.jsonl filter=lfs\n' })
    await fails(
      checkoutBase('base', ['a.jsonl'], top),
      'not-found',
      /the content that a\.jsonl had at base is not on this machine/,
    )
    const digest = sha(content, 'sha256')
    put(top, `.git/lfs/objects/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest}`, content)
    const checkout = await checkoutBase('base', ['a.jsonl'], top)
    assert.equal(readFileSync(join(checkout.cwd, 'a.jsonl'), 'utf8'), content)
    await checkout.dispose()
  })

  test('DVC: a file and a folder, from the local cache, in the layouts of versions 2 and 3', async () => {
    const [one, two] = ['{"text":"one"}\n', '{"text":"two"}\n']
    const list = JSON.stringify([{ md5: sha(two, 'md5'), relpath: 'deep/two.jsonl' }])
    const top = repository({
      'one.jsonl.dvc': `outs:\n- md5: ${sha(one, 'md5')}\n  size: 15\n  hash: md5\n  path: one.jsonl\n`,
      'more.dvc': `outs:\n- md5: ${sha(list, 'md5')}.dir\n  path: more\n`,
      '.dvc/config': '[core]\n    analytics = false\n',
    })
    const cached = (root: string, digest: string, text: string): void => {
      put(top, `.dvc/cache/${root}${digest.slice(0, 2)}/${digest.slice(2)}`, text)
    }
    cached('files/md5/', sha(one, 'md5'), one)
    await fails(checkoutBase('base', ['more'], top), 'not-found', /the list of the files in more is not on this machine/)
    cached('', `${sha(list, 'md5')}.dir`, list)
    cached('', sha(two, 'md5'), two)
    const checkout = await checkoutBase('base', ['one.jsonl', 'more'], top)
    assert.equal(readFileSync(join(checkout.cwd, 'one.jsonl'), 'utf8'), one)
    assert.equal(readFileSync(join(checkout.cwd, 'more/deep/two.jsonl'), 'utf8'), two)
    await checkout.dispose()
    const inside = await checkoutBase('base', ['more/deep/two.jsonl'], top)
    assert.equal(readFileSync(join(inside.cwd, 'more/deep/two.jsonl'), 'utf8'), two)
    await inside.dispose()
  })

  test('a DVC file cannot name a place outside the repository', async () => {
    const text = '{"text":"x"}\n'
    const top = repository({
      'a.jsonl.dvc': `outs:\n- md5: ${sha(text, 'md5')}\n  hash: md5\n  path: ../../../a.jsonl\n`,
    })
    await fails(checkoutBase('base', ['a.jsonl'], top), 'format', /points outside the repository/)
  })

  test('what cannot be: no repository, no such commit, a path outside, a pattern, a file that was not there', async () => {
    const top = repository({ 'a.jsonl': '{"text":"a"}\n' })
    await fails(checkoutBase('main', ['a.jsonl'], temporaryFolder()), 'usage', /is in no git repository/)
    await fails(checkoutBase('nowhere', ['a.jsonl'], top), 'usage', /git knows no commit "nowhere"/)
    await fails(checkoutBase('base', ['../a.jsonl'], top), 'usage', /name files or folders of the repository/)
    await fails(checkoutBase('base', ['*.jsonl'], top), 'usage', /name files or folders of the repository/)
    await fails(checkoutBase('base', ['b.jsonl'], top), 'not-found', /b\.jsonl was not there at base/)
    rmSync(join(top, '.git'), { recursive: true })
    assert.deepEqual(
      readdirSync(tmpdir()).filter((name) => name.startsWith('credence-base-')),
      [],
    )
  })
})
