import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { detect } from '../../../scanners/privacy/detect.js'
import { ALNUM, HEX, Maker } from './made-up.js'

const seen = (text: string): string[] => detect(text).flatMap(({ kind, weak }) => (weak === true ? [] : [kind]))
const maker = new Maker(5)

describe('found', () => {
  for (const [name, key] of Object.entries(maker.keys())) {
    test(name, () => assert.deepEqual(seen(`use ${key} for it`), ['credential']))
  }
  const cases: readonly (readonly [name: string, text: string, kinds: readonly string[]])[] = [
    ['a PEM block', `key:\n${maker.pem()}\n`, ['private-key']],
    ['a PEM block in JSON', JSON.stringify({ key: maker.pem('PRIVATE KEY') }), ['private-key']],
    ['a wallet key', `send to ${maker.wif()}`, ['private-key']],
    ['an Ethereum key', `private key: 0x${maker.of(HEX, 64)}`, ['private-key']],
    [
      'a mnemonic',
      'My seed phrase: armor vivid lunar crisp ozone tribe magnet jungle velvet picnic sorry wheat',
      ['private-key'],
    ],
    ['a web token', `Authorization: Bearer ${maker.jwt()}`, ['credential']],
    ['a connection string', 'postgres://svc_billing:hT6pw9Kd2@db7.acmeworks.net:5432/pay', ['credential']],
    ['an AWS secret', `aws_secret_access_key = ${maker.of(`${ALNUM}/+`, 40)}`, ['credential']],
    ['a password', 'login: mkeller password: tR7!vbQ29x', ['password']],
    ['a printed card', `Charge ${maker.printedCard()} today`, ['card']],
    ['a bare card beside a word', `visa ${maker.card()} exp 09/27`, ['card']],
    ['an IBAN', `pay to ${maker.iban('DE', '500105178473920156')}`, ['iban']],
    ['an address with a plus', 'reach me at r.okafor+lists@fastmail.fm today', ['email']],
    ['an international number', 'I am on +44 7462 815 093 all day', ['phone']],
    ['a French number', 'Téléphone : 06 12 48 37 59', ['phone']],
    ['an American number', 'Call me at (415) 273-9164 tonight', ['phone']],
    ['a Japanese number', '携帯: 090-8217-4436', ['phone']],
    ['an IPv4 address', 'logged in from 81.174.52.19 twice', ['ip-address']],
    ['an IPv6 address', 'seen at 2a02:8109:9a40:1b3c:51f0:7c2e:88d1:4e0b', ['ip-address']],
    ['an American address', 'He lives at 4821 Maple Grove Ave, Apt 12, Dayton, OH 45406', ['postal-address']],
    ['a British address', '27 Wellington Road, Leeds LS12 3QT', ['postal-address']],
    ['a German address', 'Lindenstraße 14, 50674 Köln', ['postal-address']],
    ['a Dutch address', 'Keizersgracht 241, 1016 EA Amsterdam', ['postal-address']],
    ['a French address', '18 rue des Lilas, 69003 Lyon', ['postal-address']],
  ]
  for (const [name, text, kinds] of cases) test(name, () => assert.deepEqual(seen(text), kinds))
})

describe('not found', () => {
  const cases: Readonly<Record<string, string>> = {
    'reserved domains': 'user@example.com, a.b@mail.test, noreply@github.com, root@localhost.localdomain.invalid',
    'files and packages': 'icon@2x.png, npm i left-pad@1.3.0, git@github.com:o/r.git, @types/node',
    'test cards': '4111 1111 1111 1111, 4242424242424242, 5555 5555 5555 4444, card 378282246310005',
    'a card number with a wrong digit': 'card 4539 1488 0343 6468',
    'the examples of registries': 'GB29 NWBK 6016 1331 9268 19 and DE89 3704 0044 0532 0130 00',
    'the example key of AWS': 'AKIAIOSFODNN7EXAMPLE with wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'placeholders of keys':
      'sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx ghp_YOUR_TOKEN_HERE AIzaSyEXAMPLEEXAMPLEEXAMPLEEXAMPLE12 sk_test_abcdef',
    'a cut block': '-----BEGIN RSA PRIVATE KEY-----\n...\n-----END RSA PRIVATE KEY-----',
    'a public key': maker.pem('PUBLIC KEY'),
    'passwords of manuals': 'password: changeme123, password = "Passw0rd!", pwd=os.environ["DB1"], password: ${SECRET_1}',
    'words about passwords': 'The password is required. Your token: 12345678. The secret key is 2048 bits long.',
    'links without secrets': 'http://host.acme.net:8080/a@b and https://user:password@db.acmeworks.net/',
    'dates, prices, counts': 'On 2004-05-06 at 10:30:45, $1,234,567.89 or 12 345 678 people; ISBN 978-3-16-148410-0',
    'free and made-up numbers': 'Call 1-800-555-0199 or (212) 555-0143, tel 123-456-7890',
    'a number without a word': 'The serial is 415-273-9164 and 0612483759',
    'private addresses': '10.0.0.1 192.168.1.20 127.0.0.1 172.20.3.4 203.0.113.9 8.8.8.8 255.255.255.0',
    versions: 'version 81.174.52.19, Chrome/103.0.5060.134, SpamAssassin 1.115.2.12, v34.2.1.77',
    'documentation in IPv6': '2001:db8::1, fe80::1ff:fe23:4567:890a, ::1, 12:30:45',
    streets: 'He walked down 5th Avenue and 34 other streets in Leeds before 1999',
    hashes: `commit ${maker.of(HEX, 40)} sha256 ${maker.of(HEX, 64)} md5 ${maker.of(HEX, 32)}`,
    'a story about phrases':
      'The recovery phrase is a list of words that the wallet shows you when you first set it up, so write them down',
    arithmetic: '4294967296 * 2251799813685248 = 9671406556917033397649408',
  }
  for (const [name, text] of Object.entries(cases)) test(name, () => assert.deepEqual(seen(text), []))
})

describe('detect', () => {
  test('gives ranges inside the text, in order and apart, whatever the text', () => {
    const pieces = fc.constantFrom(
      'a.b@c.de',
      '@',
      '+44 7911 482913',
      '4539 ',
      '://u:p4ssw@h.io',
      '-----BEGIN PRIVATE KEY-----',
      'key=',
      'tel ',
      '\ud83d',
      '::',
      'DE89',
      '123-45-6789 ',
      'SSN ',
      'eyJ',
      'ghp_',
      'is 281265017.\n',
      ' ',
    )
    fc.assert(
      fc.property(
        fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 6 }), fc.integer().map(String)), { maxLength: 40 }),
        (parts) => {
          const text = parts.join('')
          let before = 0
          for (const { start, end, value } of detect(text)) {
            assert.ok(start >= before && start < end && end <= text.length && value !== '')
            before = end
          }
        },
      ),
    )
  })

  test('takes time in proportion to a hostile text', () => {
    const pieces = [
      'a@',
      'a.b@c.de ',
      '1',
      '1 ',
      '12 34 ',
      '+1',
      'A',
      'a1',
      '1.1.1.1 ',
      'a:',
      '://a:',
      'password=',
      '-----BEGIN PRIVATE KEY-----',
      '5K',
      'eyJaaaaaaaaaa.',
      'seed phrase armor ',
      'tel 1',
      'DE12',
      '12345 ',
      'the a b c ',
      'AKIA1',
      'Name A',
      '(1) ',
    ]
    for (const piece of pieces) {
      const text = piece.repeat(2 ** 20 / piece.length)
      const start = performance.now()
      detect(text)
      assert.ok(performance.now() - start < 20_000, `${JSON.stringify(piece)}: ${performance.now() - start} ms`)
    }
  })
})
