import type { Case } from './case.js'
import { changed, places, reviewRows } from './data.js'

const ROWS = 700

/** What no other row looks like. */
const ODD: readonly [name: string, text: string][] = [
  ['base64', Buffer.from('any bytes at all, over and over. '.repeat(12)).toString('base64')],
  ['Chinese', '这是一个非常好的产品，我很喜欢它，推荐给大家使用。'.repeat(3)],
  ['program text', 'for (let i = 0; i < n; i++) { total += values[i] * weights[i]; } return { total, mean: total / n };'],
  ['HTML', '<div class="a"><ul><li><a href="/x">one</a></li><li><a href="/y">two</a></li></ul></div>'],
  ['signs', '*** === ### --- *** === ### --- !!! ??? ### === ***'],
  ['numbers', '12.5 88.1 0.03 77.7 1024 4096 3.14159 2.71828 65536 99.99 100 200'],
  ['pictures', '😀😃😄😁😆😅🤣😂🙂🙃😉😊😇🥰😍🤩😘😗😚😙'],
  ['capitals', 'THIS IS ALL IN CAPITALS AND GOES ON FOR A WHILE BECAUSE NOBODY STOPPED IT FROM DOING SO'],
  ['one word many times', 'buy '.repeat(60).trim()],
  ['hexadecimal', '4a6f686e 20446f65 deadbeef cafebabe 00ff00ff 8badf00d 1badb002 feedface'],
  [
    'a very long text',
    'It goes on and on about this and that and never comes to any point that matters to those who read it. '.repeat(60),
  ],
  ['one letter', 'k'],
  ['Arabic', 'هذا منتج رائع جدا وأنا أحبه كثيرا وأوصي به للجميع دون تردد'],
  ['a table', 'a\t1\t2\t3\nb\t4\t5\t6\nc\t7\t8\t9\nd\t10\t11\t12\ne\t13\t14\t15'],
  ['JSON', '{"id":17,"name":"x","tags":["a","b"],"nested":{"deep":[1,2,3]},"ok":true,"none":null}'],
]

const FLAGS: readonly Case[] = ODD.flatMap(([name, text], i) =>
  [1, 2].map((rows): Case => ({
    name: `${rows} of ${ROWS} reviews ${rows === 1 ? 'is' : 'are'} ${name}`,
    kind: 'classification',
    flags: 'outlier/looks',
    rows: changed(reviewRows(300 + i, ROWS), places(rows, ROWS, i), () => ({ text })),
    at: places(rows, ROWS, i),
  })),
)

/** Unlike most rows, and yet such as every data set of texts has. */
const ORDINARY: readonly [name: string, edit: (text: string) => string][] = [
  ['a question', (text) => `Would I buy it again? ${text}`],
  ['an exclamation', (text) => `${text} Wow!`],
  ['a price', (text) => `${text} It was 49.90 with shipping.`],
  ['a year', (text) => `${text} I had one in 2019.`],
  ['a quotation', (text) => `${text} My wife said "about time".`],
  ['brackets', (text) => `${text} (I had to wait for it.)`],
  ['a dash', (text) => `${text} It took a while - but still.`],
  ['a name', (text) => `${text} My neighbour Margaret has one too.`],
  ['a link', (text) => `${text} See example.org for more.`],
  ['a smiley', (text) => `${text} :-)`],
  ['a word in capitals', (text) => `${text} I will NOT send it back.`],
  ['an accent', (text) => `${text} It sits in our café.`],
  ['small letters', (text) => text.toLowerCase()],
  ['no full stop', (text) => text.replace(/[.!?]+$/, '')],
  ['two sentences more', (text) => `${text} I did not think that I would need it. Now I use it every day.`],
  ['its first sentence alone', (text) => text.split(/(?<=[.!?]) /)[0]!],
  [
    'another order',
    (text) =>
      text
        .split(/(?<=[.!?]) /)
        .reverse()
        .join(' '),
  ],
  ['a semicolon', (text) => `${text} It came late; nobody said why.`],
  ['a percentage', (text) => `${text} It was 20% off.`],
  ['a measure', (text) => `${text} It is 30 cm wide.`],
  ['an ampersand', (text) => `${text} Bought at Harrow & Sons.`],
  ['a list', (text) => `${text} Good: the colour. Bad: the lid.`],
  ['dots', (text) => `${text} Well...`],
  ['a typing mistake', (text) => `${text} I whould by it agian.`],
  ['an abbreviation', (text) => `${text} Bought it for the office, i.e. for Tim.`],
  ['a long word', (text) => `${text} It is uncharacteristically quiet.`],
  ['a time', (text) => `${text} It came at 9:30.`],
  ['a comparison', (text) => `${text} Better than the one that my brother has, and not as loud.`],
  ['a greeting', (text) => `Hello, ${text}`],
  ['thanks', (text) => `${text} Thank you all.`],
  ['nothing changed', (text) => text],
]

const PASSES: readonly Case[] = ORDINARY.map(([name, edit], i): Case => ({
  name: `reviews with ${name}`,
  kind: 'classification',
  flags: null,
  rows: changed(reviewRows(400 + i, ROWS), places(2, ROWS, i), ({ text }) => ({ text: edit(text ?? '') })),
  at: places(2, ROWS, i),
}))

/** Of `outlier`. */
export const cases: readonly Case[] = [...FLAGS, ...PASSES]
