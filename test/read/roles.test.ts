import assert from 'node:assert/strict'
import { test } from 'node:test'
import { CredenceError } from '../../src/errors.js'
import type { Role } from '../../src/model/role.js'
import { chatExamples, readTurns } from '../../src/read/chat.js'
import { profileColumn } from '../../src/read/column-profile.js'
import { chooseRoles } from '../../src/read/roles.js'

const LONG = 'a sentence of some length, as texts are, that is different every time: '

/** A column's values by what they are like. */
const LIKE: Readonly<Record<string, (i: number) => unknown>> = {
  text: (i) => `${LONG}${i}`,
  short: (i) => `word ${i}`,
  few: (i) => i % 3,
  word: (i) => ['yes', 'no'][i % 2],
  unique: (i) => i,
  chat: (i) => [
    { role: 'user', content: `${LONG}${i}` },
    { role: 'assistant', content: `${i}` },
  ],
  sharegpt: (i) =>
    JSON.stringify([
      { from: 'human', value: `${LONG}${i}` },
      { from: 'gpt', value: `${i}` },
    ]),
}

function choose(columns: Record<string, string>, overrides: Partial<Record<Role, string>> = {}) {
  const profiles = Object.entries(columns).map(([name, like]) =>
    profileColumn(
      { name, type: 'string' },
      Array.from({ length: 60 }, (_, i) => LIKE[like]?.(i)),
    ),
  )
  return chooseRoles(profiles, overrides)
}

const CASES: readonly {
  readonly columns: Record<string, string>
  readonly kind: string
  readonly sources: Partial<Record<Role, string[]>>
}[] = [
  { columns: { text: 'text', label: 'few' }, kind: 'classification', sources: { text: ['text'], label: ['label'] } },
  {
    columns: { idx: 'unique', sentence: 'text', label: 'few' },
    kind: 'classification',
    sources: { text: ['sentence'], label: ['label'], id: ['idx'] },
  },
  {
    columns: { label: 'few', title: 'short', content: 'text' },
    kind: 'classification',
    sources: { text: ['content'], label: ['label'] },
  },
  {
    columns: { Review_Text: 'text', 'Star Rating': 'few' },
    kind: 'classification',
    sources: { text: ['Review_Text'], label: ['Star Rating'] },
  },
  {
    columns: { text: 'text', url: 'short', date: 'short', source: 'word' },
    kind: 'documents',
    sources: { text: ['text'], url: ['url'], timestamp: ['date'], source: ['source'] },
  },
  { columns: { v1: 'word', v2: 'text' }, kind: 'classification', sources: { text: ['v2'], label: ['v1'] } },
  { columns: { prompt: 'text', response: 'text' }, kind: 'instruction', sources: { prompt: ['prompt'], response: ['response'] } },
  {
    columns: { instruction: 'text', input: 'short', output: 'text', text: 'text' },
    kind: 'instruction',
    sources: { prompt: ['instruction', 'input'], response: ['output'] },
  },
  { columns: { question: 'text', answer: 'text' }, kind: 'instruction', sources: { prompt: ['question'], response: ['answer'] } },
  {
    columns: { prompt: 'text', chosen: 'text', rejected: 'text' },
    kind: 'preference',
    sources: { prompt: ['prompt'], chosen: ['chosen'], rejected: ['rejected'] },
  },
  {
    columns: { prompt: 'text', chosen: 'chat', rejected: 'chat', messages: 'chat' },
    kind: 'preference',
    sources: { prompt: ['prompt'], chosen: ['chosen'], rejected: ['rejected'] },
  },
  {
    columns: { messages: 'chat', prompt: 'text', id: 'short' },
    kind: 'instruction',
    sources: { prompt: ['messages'], response: ['messages'], id: ['id'] },
  },
  {
    columns: { conversations: 'sharegpt' },
    kind: 'instruction',
    sources: { prompt: ['conversations'], response: ['conversations'] },
  },
]

for (const { columns, kind, sources } of CASES) {
  test(`${Object.keys(columns).join(', ')}: ${kind}`, () => {
    const plan = choose(columns)
    assert.equal(plan.kind, kind)
    assert.deepEqual(plan.sources, sources)
    assert.deepEqual(
      plan.roles.map((choice) => choice.column).sort(),
      Object.values(sources)
        .map((names) => names.join(' + '))
        .sort(),
    )
  })
}

test('flags win over names', () => {
  const columns = { text: 'text', body: 'text', label: 'few', grade: 'few' }
  assert.deepEqual(choose(columns, { text: 'body', label: 'grade' }).sources, { text: ['body'], label: ['grade'] })
  assert.equal(choose(columns, { text: 'body' }).roles[0]?.why, '--text')
  assert.equal(choose({ a: 'text', b: 'text' }, { prompt: 'a', response: 'b' }).kind, 'instruction')
})

test('says why', () => {
  const { roles } = choose({ v1: 'word', v2: 'text' })
  assert.deepEqual(
    roles.map((choice) => choice.why),
    ['longest strings (73 characters on average)', '2 different values in the first 60 rows'],
  )
  assert.equal(
    choose({ instruction: 'text', input: 'short', output: 'text' }).roles[0]?.why,
    'named "instruction", joined with "input"',
  )
  assert.equal(choose({ conversations: 'sharegpt' }).chat?.shape, 'conversations')
})

const ERRORS: readonly [columns: Record<string, string>, overrides: Partial<Record<Role, string>>, message: RegExp][] = [
  [
    { content: 'text', review: 'text' },
    {},
    /"content" and "review" could both be the text\. The columns are: "content" \(string\), "review" \(string\)/,
  ],
  [{ a: 'text', b: 'text' }, {}, /"a" and "b" could both be the text/],
  [{ a: 'few', b: 'unique' }, {}, /no column holds text/],
  [{ text: 'text' }, { label: 'lable' }, /there is no column "lable" for --label/],
  [{ prompt: 'text', notes: 'text' }, { prompt: 'prompt' }, /no column for response/],
]

for (const [columns, overrides, message] of ERRORS) {
  test(`an error that lists columns and flags: ${message.source}`, () => {
    assert.throws(
      () => choose(columns, overrides),
      (error: unknown) => {
        assert.ok(error instanceof CredenceError)
        assert.equal(error.code, 'roles')
        assert.match(error.message, message)
        assert.match(error.suggestions.join(), /--text NAME, --label NAME, --prompt NAME/)
        return true
      },
    )
  })
}

test('a chat gives one example per assistant turn', () => {
  const turns = readTurns([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'One?' },
    { role: 'assistant', content: 'Yes.' },
    { role: 'tool', content: '{"n": 2}' },
    { role: 'user', content: [{ type: 'text', text: 'Two?' }, { type: 'image' }] },
    { role: 'Assistant', content: 'No.' },
    { role: 'user', content: 'Bye.' },
  ])
  assert.deepEqual(chatExamples(turns?.turns ?? []), [
    { prompt: 'Be brief.\nOne?', response: 'Yes.' },
    { prompt: '{"n": 2}\nTwo?', response: 'No.' },
  ])
  assert.deepEqual(chatExamples([{ speaker: 'user', text: 'Hello?' }]), [{ prompt: 'Hello?', response: null }])
})

test('chats come as lists of structs, structs of lists, or JSON', () => {
  const turns = [
    { speaker: 'human', text: 'a' },
    { speaker: 'gpt', text: 'b' },
  ]
  const list = [
    { from: 'human', value: 'a' },
    { from: 'gpt', value: 'b' },
  ]
  for (const value of [list, { from: ['human', 'gpt'], value: ['a', 'b'] }, JSON.stringify(list)]) {
    assert.deepEqual(readTurns(value), { shape: 'conversations', turns })
  }
  for (const value of [null, '', '[1, 2', 'text', [], ['a'], [{ role: 'user' }], 7]) assert.equal(readTurns(value), null)
})
