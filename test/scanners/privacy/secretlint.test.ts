import assert from 'node:assert/strict'
import { test } from 'node:test'
import { lintSource } from '@secretlint/core'
import { creator } from '@secretlint/secretlint-rule-preset-recommend'
import { detect } from '../../../scanners/privacy/detect.js'
import { ALNUM, Maker } from './made-up.js'

/** What secretlint's recommended rules say of a text: [start, end) of each message. */
async function peer(content: string): Promise<readonly (readonly [number, number])[]> {
  const { messages } = await lintSource({
    source: { filePath: '/notes.txt', content, contentType: 'text' },
    options: {
      config: { rules: [{ id: '@secretlint/secretlint-rule-preset-recommend', rule: creator }] },
      noPhysicFilePath: true,
    },
  })
  return messages.map(({ range }) => range)
}

const SECRETS = new Set(['credential', 'private-key'])

test('what secretlint finds in generated keys is found', async () => {
  let found = 0
  for (let seed = 1; seed <= 12; seed++) {
    const maker = new Maker(seed)
    const values = {
      ...maker.keys(),
      'PEM block': maker.pem(),
      'OpenSSH block': maker.pem('OPENSSH PRIVATE KEY', 6),
      'AWS secret': `AWS_SECRET_ACCESS_KEY = "${maker.of(`${ALNUM}/+`, 40)}"`,
      'basic auth': `https://${maker.of('abcdefgh', 6)}:${maker.of(ALNUM, 14)}@db.acmeworks.net/x`,
      npmrc: `//registry.npmjs.org/:_authToken=${maker.of(ALNUM, 36)}`,
    }
    for (const [name, value] of Object.entries(values)) {
      const text = `This is line one of the notes.\nconfig ${value}\nand nothing more.`
      for (const [start, end] of await peer(text)) {
        const own = detect(text).filter((datum) => SECRETS.has(datum.kind) && datum.start < end && start < datum.end)
        assert.ok(own.length > 0, `${name} with seed ${seed} is secretlint's alone`)
        found++
      }
    }
  }
  assert.ok(found >= 12 * 12, `secretlint found ${found}`)
})
