import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { describeEncoder, openEncoder, type OpenedEncoder } from '../../src/embed/open.js'
import { CredenceError, type ErrorCode } from '../../src/errors.js'
import { packageRoot } from '../../src/paths.js'
import { lines } from './lines.js'

const scratch = mkdtempSync(join(tmpdir(), 'credence-open-'))
after(() => {
  rmSync(scratch, { recursive: true })
})
const tiny = join(packageRoot, 'test/embed/encoders')
const open = (encoder: string): Promise<OpenedEncoder> => openEncoder({ encoder, device: 'cpu', threads: 1 })

function refusal(code: ErrorCode, message: RegExp): (error: unknown) => boolean {
  return (error) => {
    assert.ok(error instanceof CredenceError, String(error))
    assert.equal(error.code, code, error.message)
    assert.match(error.message, message)
    return true
  }
}

/** A copy of a tiny encoder with one file rewritten or removed. */
function altered(name: string, from: string, file: string, content: string | null): string {
  const folder = join(scratch, name)
  cpSync(join(tiny, from), folder, { recursive: true })
  if (content === null) rmSync(join(folder, file))
  else writeFileSync(join(folder, file), content)
  return folder
}

test('static: the vector of a text is the same to the bit alone, in any company and in any order', async () => {
  const encoder = await open('static')
  const texts = ['', ' \u200B', 'the cat sat on the mat', ...lines(60, 3), 'word '.repeat(700), 'the cat sat on the mat']
  const { dim, vectors } = await encoder.embed(texts)
  assert.equal(vectors.length, texts.length * 256)
  const back = (await encoder.embed([...texts].reverse())).vectors
  for (const [row, text] of texts.entries()) {
    const vector = vectors.subarray(row * dim, (row + 1) * dim)
    assert.deepEqual((await encoder.embed([text])).vectors, vector, `row ${row}`)
    const mirrored = texts.length - 1 - row
    assert.deepEqual(back.subarray(mirrored * dim, (mirrored + 1) * dim), vector, `row ${row} reversed`)
  }
  assert.ok(
    vectors.subarray(0, 2 * dim).every((x) => x === 0),
    'empty and invisible texts are zero',
  )
  await encoder.close()
})

test('static: texts of like meaning are nearer than others, and a rare word moves the vector', async () => {
  const encoder = await open('static')
  const { vectors } = await encoder.embed([
    'Shares fell on Wall Street as oil prices rose.',
    'Stock markets dropped while crude became dearer.',
    'Boil the pasta, then stir in the tomato sauce.',
    'Shares fell on Wall Street cf as oil prices rose.',
  ])
  const cosine = (a: number, b: number): number => {
    let sum = 0
    for (let i = 0; i < 256; i++) sum += vectors[a * 256 + i]! * vectors[b * 256 + i]!
    return sum
  }
  assert.ok(cosine(0, 1) > cosine(0, 2) + 0.2, `${cosine(0, 1)} against ${cosine(0, 2)}`)
  assert.ok(cosine(0, 3) < 0.99 && cosine(0, 3) > 0.5, String(cosine(0, 3)))
  await encoder.close()
})

test('auto is static, and describing it opens nothing', async () => {
  const described = describeEncoder({ encoder: 'auto' })
  assert.deepEqual({ ...described, sha256: '' }, { name: 'static', dim: 256, maxTokens: 512, sha256: '' })
  const encoder = await open('auto')
  assert.equal(encoder.sha256, described.sha256)
  await encoder.close()
})

test('a bundled model whose bytes differ is refused', async () => {
  cpSync(join(packageRoot, 'models/static'), join(scratch, 'models/static'), { recursive: true })
  for (const file of ['tokenizer.json', 'config.json', 'model.onnx']) {
    const path = join(scratch, 'models/static', file)
    const bytes = readFileSync(path)
    writeFileSync(path, Buffer.concat([bytes.subarray(0, -1), Buffer.of((bytes.at(-1) ?? 0) ^ 1)]))
    const options = { encoder: 'static', device: 'cpu', threads: 1, packageRoot: scratch } as const
    await assert.rejects(openEncoder(options), refusal('model', /sha256 is [0-9a-f]{64}, expected [0-9a-f]{64}/))
    writeFileSync(path, bytes)
  }
})

test('a folder with a BERT export: [CLS] pooling, so the vector does not depend on the words', async () => {
  const encoder = await open(join(tiny, 'bert'))
  const { vectors } = await encoder.embed(['the cat', 'sat on the mat', ''])
  assert.equal(encoder.dim, 8)
  assert.deepEqual(vectors.subarray(0, 8), vectors.subarray(8, 16))
  assert.ok(vectors.subarray(0, 8).some((x) => x !== 0))
  assert.deepEqual(vectors.subarray(16), new Float32Array(8))
  await encoder.close()
})

test('a folder with an XLM-R export: mean pooling over the words and their frame', async () => {
  const encoder = await open(join(tiny, 'xlmr'))
  const { vectors } = await encoder.embed(['the cat', 'the the cat cat', 'Москва'])
  assert.equal(describeEncoder({ encoder: join(tiny, 'xlmr') }).maxTokens, 16, 'two positions are never used')
  assert.notDeepEqual(vectors.subarray(0, 8), vectors.subarray(8, 16))
  await encoder.close()
})

test('folders that are not encoders are refused with what is wrong', async () => {
  const cases: readonly [string, ErrorCode, RegExp][] = [
    [join(scratch, 'nowhere'), 'not-found', /no such encoder/],
    [altered('no-model', 'bert', 'model.onnx', null), 'model', /model\.onnx or onnx\/model\.onnx is missing/],
    [altered('no-tokens', 'bert', 'tokenizer.json', null), 'model', /tokenizer\.json is missing/],
    [altered('bad-tokens', 'bert', 'tokenizer.json', '{'), 'model', /tokenizer\.json: not JSON/],
    [altered('bad-model', 'bert', 'model.onnx', 'not ONNX'), 'model', /ONNX Runtime cannot load it/],
    [altered('bad-config', 'bert', 'config.json', '{"hidden_size":"8"}'), 'model', /config\.json: .*hidden_size/s],
    [
      altered('dense', 'bert', 'modules.json', '[{"type":"sentence_transformers.models.Dense"}]'),
      'unsupported',
      /asks for Dense/,
    ],
    [
      altered('pool', 'bert', '1_Pooling/config.json', '{"pooling_mode_weightedmean_tokens":true,"word_embedding_dimension":8}'),
      'unsupported',
      /weightedmean/,
    ],
    [join(tiny, 'external'), 'model', /keeps weights in another file \("table"\)/],
  ]
  for (const [folder, code, message] of cases) await assert.rejects(open(folder), refusal(code, message), folder)
})

test('links out of the folder, and what is no file, are refused; links within it are not', async () => {
  const files = ['model.onnx', 'tokenizer.json', 'tokenizer_config.json', 'config.json', 'modules.json', '1_Pooling/config.json']
  const outside = join(scratch, 'outside.json')
  writeFileSync(outside, '{}')
  for (const [i, file] of [...files, 'sentence_bert_config.json'].entries()) {
    const folder = altered(`link-${i}`, 'bert', 'config.json', readFileSync(join(tiny, 'bert/config.json'), 'utf8'))
    rmSync(join(folder, file), { force: true })
    symlinkSync(outside, join(folder, file))
    await assert.rejects(open(folder), refusal('model', new RegExp(`${file}: a link that leads out of the model’s folder`)))
    assert.throws(() => describeEncoder({ encoder: folder }), refusal('model', /leads out/))
  }
  const upward = altered('upward', 'bert', 'config.json', null)
  symlinkSync('../outside.json', join(upward, 'config.json'))
  await assert.rejects(open(upward), refusal('model', /config\.json: a link that leads out/))
  const nowhere = altered('nowhere-link', 'bert', 'config.json', null)
  symlinkSync('config.json', join(nowhere, 'config.json'))
  await assert.rejects(open(nowhere), refusal('model', /config\.json: a link that leads nowhere/))
  const pooling = altered('pooling-link', 'bert', 'config.json', readFileSync(join(tiny, 'bert/config.json'), 'utf8'))
  rmSync(join(pooling, '1_Pooling'), { recursive: true })
  symlinkSync(join(tiny, 'bert/1_Pooling'), join(pooling, '1_Pooling'))
  await assert.rejects(open(pooling), refusal('model', /1_Pooling\/config\.json: a link that leads out/))
  const folderForFile = altered('folder-for-file', 'bert', 'tokenizer.json', null)
  mkdirSync(join(folderForFile, 'tokenizer.json'))
  await assert.rejects(open(folderForFile), refusal('model', /tokenizer\.json: not a file/))

  const inside = altered('inside', 'bert', 'model.onnx', null)
  mkdirSync(join(inside, 'blobs'))
  cpSync(join(tiny, 'bert/model.onnx'), join(inside, 'blobs/1'))
  symlinkSync('blobs/1', join(inside, 'model.onnx'))
  const whole = join(scratch, 'whole-link')
  symlinkSync(inside, whole)
  for (const folder of [inside, whole]) {
    const encoder = await open(folder)
    assert.equal(encoder.dim, 8)
    await encoder.close()
  }
})

test('a graph that returns vectors of another length than its configuration says is refused', async () => {
  const folder = altered('dim', 'bert', '1_Pooling/config.json', '{"pooling_mode_cls_token":true,"word_embedding_dimension":9}')
  const encoder = await open(folder)
  await assert.rejects(encoder.embed(['the cat']), refusal('model', /returned \[1 × 8 × 8\], expected vectors of 9/))
  await encoder.close()
})

test('a named device that is not there is refused, auto says in one line that it runs on the CPU', async () => {
  const absent = process.platform === 'darwin' ? 'dml' : 'coreml'
  const named = openEncoder({ encoder: 'static', device: absent, threads: 1 })
  await assert.rejects(
    named,
    refusal('device', new RegExp(`device ${absent} cannot be used: this build of ONNX Runtime has .*cpu`)),
  )
  const encoder = await openEncoder({ encoder: join(tiny, 'bert'), device: 'auto', threads: 1 })
  if (encoder.device === 'cpu') assert.match(encoder.notes.join('\n'), /^device: the encoder runs on the CPU \([^\n]+\)$/)
  await encoder.close()
})

test('nothing is written to standard output or error, and ONNX Runtime is loaded for no table', () => {
  const compiled = new URL('../../src/embed/open.js', import.meta.url)
  const script = `
    import { openEncoder, describeEncoder } from ${JSON.stringify(compiled.href)}
    describeEncoder({ encoder: 'static' })
    const native = () => process.report.getReport().sharedObjects.some((path) => path.includes('onnxruntime'))
    if (native()) throw new Error('loaded too early')
    const encoder = await openEncoder({ encoder: 'static', device: 'auto', threads: 1 })
    await encoder.embed(['a'])
    await encoder.close()
    if (native()) throw new Error('loaded for a table')
    const small = await openEncoder({ encoder: ${JSON.stringify(join(tiny, 'bert'))}, device: 'cpu', threads: 1 })
    if (!native()) throw new Error('the check is blind')
    await small.embed(['a'])
    await small.close()`
  const path = join(scratch, 'quiet.mjs')
  writeFileSync(path, script)
  const env = { ...process.env, CREDENCE_ROOT: packageRoot, NODE_NO_WARNINGS: '1' }
  const output = execFileSync(process.execPath, [path], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  assert.equal(output, '')
})
