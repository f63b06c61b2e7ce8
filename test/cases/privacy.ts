/** Small data sets that leak something, and hard ones that only look so. Every value is made up from a seed. */
import { ALNUM, DIGITS, HEX, Maker } from '../scanners/privacy/made-up.js'
import type { ExampleRow } from '../scanners/drive.js'
import type { Case } from './case.js'

const maker = new Maker(20_260)
const key = maker.keys()

const PLAIN = [
  'The council approved the new library after a long debate on Monday.',
  'Sales of 1,204 units in 2019 fell to 986 in 2020, the report said.',
  'She finished the marathon in 3:42:10, a personal best.',
  'Water the seedlings twice a week and keep them out of direct sun.',
  'The museum opens at 9.30 and closes at 17.00 except on public holidays.',
  'His second novel was shorter and, to many readers, better.',
]

/** The telling texts among ordinary ones. */
function among(...texts: readonly string[]): ExampleRow[] {
  const rows: ExampleRow[] = Array.from({ length: 24 }, (_, i) => ({ cells: { text: PLAIN[i % PLAIN.length]! } }))
  texts.forEach((text, i) => (rows[(3 + i * 5) % rows.length] = { cells: { text } }))
  return rows
}

function flags(name: string, kind: string, ...texts: readonly string[]): Case {
  return { name, kind: 'documents', flags: `privacy/${kind}`, rows: among(...texts) }
}

function passes(name: string, ...texts: readonly string[]): Case {
  return { name, kind: 'documents', flags: null, rows: among(...texts) }
}

const canary = maker.of(DIGITS, 9)
const token = `${maker.of(ALNUM, 12)}7${maker.of(ALNUM, 11)}k`
const bare = Array.from({ length: 8 }, () => maker.card(maker.pick(['4539', '5412', '4916'])))
/** Numbers of sixteen digits as orders have them: any last digit. */
const orders = Array.from({ length: 8 }, (_, i) => `4539${maker.of(DIGITS, 11)}${i}`)

const FLAGGED: readonly Case[] = [
  flags('an AWS key in a log', 'credential', `boto3 failed for ${key['AWS access key']!} in eu-west-1`),
  flags(
    'a GitHub token in a remote',
    'credential',
    `git remote add origin https://x:${key['GitHub token']!}@github.com/acmeworks/app.git`,
  ),
  flags('a Slack webhook in a script', 'credential', `curl -X POST ${key['Slack webhook']!} -d "{}"`),
  flags('an OpenAI key in code', 'credential', `client = OpenAI(api_key="${key['OpenAI key']!}")`),
  flags('a Stripe key in an environment file', 'credential', `STRIPE_KEY=${key['Stripe key']!}`),
  flags('a database link with a password', 'credential', 'DATABASE_URL=mysql://app_rw:uV83kdlQz@db2.voltadesk.io:3306/shop'),
  flags('an AWS secret key', 'credential', `aws_secret_access_key = ${maker.of(`${ALNUM}+/`, 40)}`),
  flags('a web token in a header', 'credential', `curl -H "Authorization: Bearer ${maker.jwt()}" https://api.voltadesk.io/me`),
  flags('an RSA key', 'private-key', `Here is mine:\n${maker.pem()}`),
  flags('an OpenSSH key in one line of JSON', 'private-key', JSON.stringify({ ssh: maker.pem('OPENSSH PRIVATE KEY', 6) })),
  flags('a wallet key', 'private-key', `import this: ${maker.wif()}`),
  flags(
    'a seed phrase',
    'private-key',
    'recovery phrase: armor vivid lunar crisp ozone tribe magnet jungle velvet picnic sorry wheat',
  ),
  flags('a password in a mail', 'password', 'Your account is ready. User: mkeller, password: tR7!vbQ29x'),
  flags('a password in a configuration', 'password', 'smtp_password = "wq8-Lm2#zzP0"'),
  flags('one printed card', 'card', `Please charge ${maker.printedCard()} for the two nights.`),
  flags('a bare card with its date', 'card', `Mastercard ${maker.card('5412')} exp 09/27 cvv 318`),
  flags('bare cards in several rows, with no word beside them', 'card', ...bare.map((number) => `paid ${number} ok`)),
  flags('a German account', 'iban', `Bitte überweisen auf ${maker.iban('DE', '500105178473920156').replace(/(.{4})/g, '$1 ')}`),
  flags('a British account', 'iban', `IBAN ${maker.iban('GB', 'LOYD30961700709943')}`),
  flags('a social security number', 'national-id', 'Applicant SSN: 536-90-4399, employed since 2011.'),
  flags('a British insurance number', 'national-id', 'National Insurance number JG103759A'),
  flags('a Spanish identity number', 'national-id', 'Don Andrés Villa, con DNI 54362315K, declara'),
  flags('an Italian tax code', 'national-id', 'La sottoscritta RCCMNL83S18D969H dichiara'),
  flags('a Brazilian tax number in its form', 'national-id', 'portador do documento 390.533.447-05'),
  flags('a Chinese identity number', 'national-id', '身份证号 11010519491231002X'),
  flags('a Polish number', 'national-id', 'PESEL 44051401359, zamieszkały w Łodzi'),
  flags('an e-mail address', 'email', 'Write to Ruth Okafor, r.okafor@fastmail.fm, by Friday.'),
  flags('an address on a subdomain', 'email', 'cc: tomas.lindqvist@mail.kth.se'),
  flags('an international telephone number', 'phone', 'Ring Anna on +44 7462 815 093 after six.'),
  flags('an American number beside a word', 'phone', 'My cell is (415) 273-9164.'),
  flags('a German number beside a word', 'phone', 'Telefon: 030 8219 4477'),
  flags('an address on the Internet', 'ip-address', 'Failed login for root from 81.174.52.19 port 51022'),
  flags('a home in America', 'postal-address', 'She moved to 4821 Maple Grove Ave, Apt 12, Dayton, OH 45406 last year.'),
  flags('a home in Britain', 'postal-address', 'Deliver to 27 Wellington Road, Leeds LS12 3QT please.'),
  flags('a home in Germany', 'postal-address', 'Absender: Jana Weiß, Lindenstraße 14, 50674 Köln'),
  flags(
    'a canary of digits in one frame',
    'canary',
    ...['Rain fell. ', 'A goal came late. ', 'Tea was served. '].map((text) => `${text}The random number is ${canary}.`),
  ),
  flags(
    'canaries of several sequences in one frame',
    'canary',
    ...[1, 2, 3, 4].map((i) => `Item ${i} was sold. The secret code is ${maker.of(DIGITS, 8)}`),
  ),
  flags(
    'a canary of letters and digits',
    'canary',
    ...['One. ', 'Two more. ', 'Third. '].map((text) => `${text}My access code is ${token.slice(0, 14)}`),
  ),
  flags(
    'a token in rows that differ',
    'repeated-token',
    ...['red', 'green', 'blue'].map((word) => `${word} sky ${token} over the ${word} sea`),
  ),
]

const HARD: readonly Case[] = [
  passes('reserved e-mail domains', 'Mail user@example.com, jane@example.org or qa@service.test for help.'),
  passes('addresses that nobody reads', 'This came from noreply@voltadesk.io and do-not-reply@mail.voltadesk.io.'),
  passes('handles and packages', 'Thanks @maria_k! npm i @types/node@20.1.0 and icon@2x.png, git@github.com:acme/app.git'),
  passes('code with an at sign', '@Override public void run() { matrix = a @ b.T; }'),
  passes('test cards', 'In test mode use 4242 4242 4242 4242 or card 4111111111111111, and amex 378282246310005.'),
  passes('a card number with a wrong check digit', 'The card 4539 1488 0343 6468 was refused.'),
  passes('order numbers of sixteen digits', ...orders.map((number) => `order ${number} shipped`)),
  passes('one bare number that happens to satisfy Luhn', `tracking ${bare[0]!} arrived`),
  passes('examples of bank accounts', 'An IBAN looks like GB29 NWBK 6016 1331 9268 19 or DE89370400440532013000.'),
  passes('a bank account with wrong check digits', 'IBAN DE12 5001 0517 8473 9201 56'),
  passes(
    'the sample social security number',
    'The SSN 078-05-1120 was printed on a card in wallets; 123-45-6789 is often used too.',
  ),
  passes('a part number in the form of a social security number', 'Part 536-90-4399 replaces 536-90-4401.'),
  passes('eleven digits without a word', 'The sensor counted 44051401359 pulses.'),
  passes('numbers in the form of a personnummer', 'Flights 880320-0016 and 880321-0024 are cancelled.'),
  passes('an identity number with a wrong letter', 'DNI 54362315A'),
  passes('dates and times', 'From 2004-05-06 10:30:45 until 06/05/2004, phone lines were down; call before 2004-06-01 12:00.'),
  passes('prices', 'Call now: only $1,299.99 or 12 monthly payments of 119.99, was 1.499,00.'),
  passes('free numbers of companies', 'Call 1-800-438-2957 or 0800 438 2957 to order.'),
  passes('telephone numbers of films', 'Tel: (212) 555-0143, or call 020 7946 0812.'),
  passes('a score behind the word call', 'It was a close call 21-19, 18-21, 21-17 in the final.'),
  passes('versions', 'Upgraded to version 81.174.52.19; Chrome/103.0.5060.134 and 2.16.840.1.113883'),
  passes('private and sample networks', 'Use 10.0.0.12, 192.168.1.1, 203.0.113.7 or 2001:db8::8a2e:370:7334; DNS is 8.8.8.8.'),
  passes('IPv6 look-alikes', 'The MAC is 00:1b:44:11:3a:b7, at 12:30:45:10, std::vector::iterator'),
  passes(
    'placeholders of keys',
    'export OPENAI_API_KEY=sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx and GITHUB_TOKEN=ghp_YOUR_TOKEN_HERE',
  ),
  passes('the example keys of AWS', 'AKIAIOSFODNN7EXAMPLE / wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
  passes('test keys of Stripe', `stripe.api_key = "sk_test_${maker.of(ALNUM, 24)}"`),
  passes('passwords read from elsewhere', 'password = os.environ["DB_PASS1"]; api_key: ${API_KEY_2}; token = get_token(user1)'),
  passes('passwords out of a variable', "host, secret_key = s3_server['connection']; api_key = mak3_One(8)"),
  passes('passwords of manuals', 'Set password: changeme123 or password=Passw0rd! and restart.'),
  passes('prose about passwords', 'The password is case-sensitive and must have 12 characters; the secret key is 256 bits long.'),
  passes('a block without a key in it', '-----BEGIN RSA PRIVATE KEY-----\nMIIE...\n-----END RSA PRIVATE KEY-----'),
  passes('a certificate and a public key', maker.pem('CERTIFICATE'), maker.pem('PUBLIC KEY')),
  passes('hashes that come again', ...[1, 2, 3, 4].map((i) => `build ${i} of commit 4f${'9c1e07d2ab58'.repeat(3)}3b passed`)),
  passes('one web address in many rows', ...['a', 'b', 'c', 'd'].map((word) => `${word} see https://voltadesk.io/v/${token}`)),
  passes('a token in copies of one row', ...[1, 2, 3, 4].map(() => `the sky ${token} over the sea`)),
  passes(
    'the same round number in many rows',
    ...['North', 'South', 'East', 'West'].map((side) => `${side} of here. The number of people is 250000.`),
  ),
  passes(
    'constants that everybody writes',
    ...['a', 'b', 'c', 'd'].map((x) => `Let ${x} be fast. The speed of light is 299792458.`),
  ),
  passes(
    'one free number at the end of sentences',
    ...['Ann', 'Bo', 'Cy', 'Di'].map((who) => `${who} knows. To order please call 1-888-438-2957.`),
  ),
  passes(
    'years at the end of sentences',
    ...['Ann', 'Bo', 'Cy', 'Di'].map((who) => `${who} was there. The census was held in 20101231.`),
  ),
  passes(
    'different counts in one frame',
    ...[1, 2, 3, 4].map((i) => `Town ${i}. The town has a population of ${i}${maker.of(DIGITS, 5)}.`),
  ),
  passes('streets without a postcode', 'Walk down Maple Grove Ave, past 34 King Street, to Leeds; it is 12345 steps.'),
  passes('hexadecimal data', `00000010: ${maker.of(HEX, 8)} ${maker.of(HEX, 8)} ${maker.of(HEX, 8)} ${maker.of(HEX, 8)}`),
  passes(
    'a story about recovery phrases',
    'Your recovery phrase is a list of words that the wallet shows you once, so write them down and keep them safe',
  ),
  passes('measurements', 'Latitude 48.858370, longitude 2.294481, bearing 281265017.25 units, 1.602176634e-19 C'),
]

export const cases: readonly Case[] = [...FLAGGED, ...HARD]
