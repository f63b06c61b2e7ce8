import assert from 'node:assert/strict'
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, test } from 'node:test'
import { entitiesOf, traceLineage, type Entity } from '../../src/lineage/chain.js'
import { recordOf, takeInput } from '../../src/lineage/make.js'
import { lineagePicture } from '../../src/lineage/picture.js'
import { provDocument } from '../../src/lineage/prov.js'
import { parametersDigest, rootOfFiles, type LineageRecord } from '../../src/lineage/record.js'
import { recordOfFile, writeRecord } from '../../src/lineage/store.js'
import { hashFile } from '../../src/read/hash-file.js'
import { xmlElements } from '../report/xml-elements.js'
import { temporaryFolder } from '../temporary-folder.js'

let cwd = ''
const place = (name: string): string => join(cwd, name)
const trace = (name: string): Promise<Entity> => traceLineage(name, cwd)
const said = (chain: Entity, what: 'broken' | 'open'): string[] => entitiesOf(chain).flatMap((entity) => entity[what])

/** Makes a file from another one, as an operation does. */
async function make(from: string, to: string): Promise<void> {
  const input = await takeInput({ name: from, files: [{ absolute: place(from), path: from }] })
  writeFileSync(place(to), `{"text":"of ${from}"}\n`)
  const { bytes, sha256 } = await hashFile({ absolute: place(to), path: to })
  const [record, parameters] = [recordOfFile(place(to)), { rows: 3, name: to }]
  const outputs = [{ path: place(to), bytes, sha256 }]
  await writeRecord(record, recordOf({ record, operation: 'plant', parameters, startedAt: new Date(), inputs: [input], outputs }))
}

/** Somebody edits a record, and sets its own digests right. */
function forge(name: string, edit: (record: LineageRecord) => void): void {
  const record = JSON.parse(readFileSync(recordOfFile(place(name)), 'utf8')) as LineageRecord
  edit(record)
  for (const entity of [record.entity, ...record.wasDerivedFrom]) entity.root = rootOfFiles(entity.files)
  record.wasGeneratedBy.parametersSha256 = parametersDigest(record.wasGeneratedBy.parameters)
  writeFileSync(recordOfFile(place(name)), JSON.stringify(record))
}

describe('a chain of three files', () => {
  beforeEach(async () => {
    cwd = temporaryFolder()
    writeFileSync(place('a.jsonl'), '{"text":"a"}\n')
    await make('a.jsonl', 'b.jsonl')
    await make('b.jsonl', 'c.jsonl')
  })

  test('is followed to its beginning, and holds', async () => {
    for (const start of ['c.jsonl', 'c.jsonl.lineage.json']) {
      const chain = await trace(start)
      assert.deepEqual([...said(chain, 'broken'), ...said(chain, 'open')], [], start)
      assert.deepEqual(
        entitiesOf(chain).map(({ name, state }) => [name, state]),
        [
          [start, 'same'],
          ['b.jsonl', 'same'],
          ['a.jsonl', 'same'],
        ],
      )
    }
  })

  test('says of each file whether it has changed since, and what is gone is no contradiction', async () => {
    for (const [name, pattern] of Object.entries({
      'a.jsonl': /a\.jsonl has other bytes/,
      'b.jsonl': /b\.jsonl has other bytes/,
      'c.jsonl': /c\.jsonl is not what c\.jsonl\.lineage\.json says was made/,
    })) {
      const before = readFileSync(place(name))
      const changed = Buffer.from(before)
      changed[9] = changed[9]! ^ 1
      writeFileSync(place(name), changed)
      assert.match(said(await trace('c.jsonl'), 'broken').join('\n'), pattern)
      writeFileSync(place(name), before)
    }
    rmSync(place('a.jsonl'))
    rmSync(recordOfFile(place('b.jsonl')))
    const chain = await trace('c.jsonl')
    assert.deepEqual(said(chain, 'broken'), [])
    assert.deepEqual(said(chain, 'open'), ['the record of where it came from is not there'])
  })

  test('is broken by any other record than the one that was there', async () => {
    forge('b.jsonl', (record) => (record.wasGeneratedBy.parameters = { rows: 4 }))
    assert.match(said(await trace('c.jsonl'), 'broken').join('\n'), /b\.jsonl\.lineage\.json is not the record that was there/)
    await make('a.jsonl', 'b.jsonl')
    writeFileSync(place('d.jsonl'), '{"text":"d"}\n')
    await make('c.jsonl', 'a.jsonl')
    // A record that came after its use, and goes round.
    assert.match(said(await trace('c.jsonl'), 'broken').join('\n'), /is not the record that was there/)
    appendFileSync(recordOfFile(place('c.jsonl')), 'x')
    assert.match(said(await trace('c.jsonl'), 'broken').join('\n'), /is no record of lineage/)
  })

  test('a record that contradicts itself is refused', async () => {
    const path = recordOfFile(place('c.jsonl'))
    const whole = readFileSync(path, 'utf8')
    for (const edited of [whole.replace('"rows": 3', '"rows": 4'), whole.replace(/("files": \[\s*\{[^}]*"sha256": ")./, '$1f')]) {
      assert.notEqual(edited, whole)
      writeFileSync(path, edited)
      await assert.rejects(trace('c.jsonl.lineage.json'), { code: 'usage' })
    }
  })

  test('what a record names is read only where it can be what is recorded', async () => {
    forge('c.jsonl', ({ wasDerivedFrom: [source] }) => (source!.files[0]!.path = '../../../../../../../../dev/zero'))
    assert.match(said(await trace('c.jsonl'), 'broken').join('\n'), /zero has other bytes/)
    for (const far of ['\\\\host\\share\\x', 'C:/x', '//host/share/x']) {
      forge('c.jsonl', ({ wasDerivedFrom: [source] }) => (source!.files[0]!.path = far))
      assert.deepEqual((await trace('c.jsonl')).activities[0]?.wasDerivedFrom[0]?.state, 'elsewhere', far)
    }
  })

  test('the picture is XML whatever the names are; PROV-JSON names each thing once', async () => {
    const hostile = '</text><script>alert(1)</script>\u0000\u202e&"\'x'
    forge('c.jsonl', ({ wasDerivedFrom: [source] }) => (source!.name = hostile))
    const chain = await trace('c.jsonl')
    const elements = xmlElements(lineagePicture(chain))
    assert.deepEqual([...new Set(elements.map(({ name }) => name))].sort(), ['path', 'rect', 'style', 'svg', 'text', 'title'])
    assert.equal(elements.filter(({ name }) => name === 'rect').length, 5)
    const prov = provDocument(chain)
    assert.deepEqual(
      (['entity', 'activity', 'agent', 'used', 'wasDerivedFrom', 'wasGeneratedBy'] as const).map(
        (key) => Object.keys(prov[key]).length,
      ),
      [3, 2, 1, 2, 2, 2],
    )
  })
})
