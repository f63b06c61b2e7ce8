import { sentence, Speaker, words, type Slots } from './grammar.js'
import type { Issue } from './issue.js'
import { ACCOUNT_ISSUES } from './issues-account.js'
import { ORDER_ISSUES } from './issues-orders.js'
import { PRODUCT_ISSUES } from './issues-product.js'
import { SHOP_ISSUES } from './issues-shop.js'
import { WEEKDAYS } from './phrases.js'
import { HOME } from './products-home.js'
import { PLAY } from './products-play.js'
import { YARD } from './products-yard.js'
import { withTypo } from './typing.js'

export interface Turn {
  readonly role: 'user' | 'assistant'
  content: string
}

export interface Chat {
  readonly messages: Turn[]
}

const ISSUES: readonly Issue[] = [...ORDER_ISSUES, ...ACCOUNT_ISSUES, ...PRODUCT_ISSUES, ...SHOP_ISSUES]
const ITEMS = [...HOME, ...YARD, ...PLAY].map(({ name }) => name)

const CITIES =
  words(`Bristol|Leeds|Cork|Antwerp|Graz|Porto|Uppsala|Turin|Lille|Bergen|Gdansk|Aarhus|Seville|Tartu|Basel|Ghent|Brno|Nantes|Split|Tampere
  |Utrecht|Kassel|Pécs|Galway|Dundee|Bilbao|Linz|Malmö|Lucca|Metz`)
const STREETS =
  words(`Mill Lane|Harbour Road|Chapel Street|Linden Alley|Station Road|Orchard Close|Canal Quay|Bakers Row|Fountain Square|Poplar Avenue|King Street
  |Weavers Yard|Castle Hill|Abbey Walk|Tannery Lane|Market Place|Foundry Street|Meadow Rise|Bishop Street|Juniper Way`)
const CARRIERS = words('ParcelJet|Nordhaul|SwiftVan|BlueRoute|Hermia|Postline|Veloship|Cargonaut')
const MONTHS = words('January|February|March|April|May|June|July|August|September|October|November|December')
const FIRST = words(
  'ana|ben|carla|dmitri|elif|farah|gwen|hugo|ines|jonas|kofi|lena|marek|nadia|olga|pavel|rosa|sami|tess|uma|vik|wanda|yusuf|zoe',
)
const LAST = words(
  'abel|brandt|costa|dahl|evans|fischer|garcia|hall|ivers|jansen|kaya|lund|moreau|novak|okoye|petit|rossi|silva|tan|weber',
)
const LETTERS = words('A|B|C|D|E|F|G|H|J|K|L|M|N|P|R|S|T|U|V|W|X|Y|Z')
const GREETINGS = words('Hi|Hello|Hey|Good morning|Good evening|Hi there')

/** Writes support chats of a department store: a customer's matter and answers that go by its order, dates, places and goods. */
export class SupportDesk {
  readonly #speaker: Speaker

  constructor(seed: number) {
    this.#speaker = new Speaker(seed)
  }

  chat(): Chat {
    const speaker = this.#speaker
    const issue = speaker.pick(ISSUES)
    const slots = this.#slots()
    const answer = speaker.between(0, issue.answers.length - 1)
    const say = (template: string | undefined): string => sentence(speaker.expand(template ?? '', slots))
    // A step belongs to the answer in its place; the last goes with any.
    const steps = speaker.shuffle([issue.steps[answer], issue.steps.at(-1)])
    const asks = speaker.sample(issue.asks, 2)
    const greeting = speaker.chance(0.3) ? `${speaker.pick(GREETINGS)}, ` : ''
    const messages: Turn[] = [{ role: 'user', content: this.#type(greeting + say(asks[0])) }]
    if (speaker.chance(0.14)) {
      messages.push({ role: 'assistant', content: say(issue.answers[answer]) })
      messages.push({ role: 'user', content: this.#type(say(asks[1])) })
      messages.push({ role: 'assistant', content: say(steps[0]) })
    } else {
      const parts = [issue.answers[answer], ...(speaker.chance(0.25) ? steps : steps.slice(0, 1))]
      messages.push({ role: 'assistant', content: parts.map(say).join(' ') })
    }
    return { messages }
  }

  #type(text: string): string {
    const speaker = this.#speaker
    let typed = text
    if (speaker.chance(0.12)) typed = typed.toLowerCase()
    if (speaker.chance(0.08)) typed = withTypo(typed, speaker)
    if (speaker.chance(0.1)) typed = typed.replace(/[.]$/, '')
    return typed
  }

  /** The facts of one chat; they stay the same through it. */
  #slots(): Slots {
    const speaker = this.#speaker
    const [item = '', other = ''] = speaker.sample(ITEMS, 2)
    const letters = (count: number): string => Array.from({ length: count }, () => speaker.pick(LETTERS)).join('')
    const facts = {
      item,
      other,
      order: `#${speaker.between(10_000, 99_999)}-${letters(1)}`,
      code: `${letters(2)}${speaker.between(100, 999)}`,
      date: `${speaker.between(1, 28)} ${speaker.pick(MONTHS)}`,
      weekday: speaker.pick(WEEKDAYS),
      amount: `${speaker.pick(['£', '€', '$'])}${speaker.between(4, 640)}${speaker.chance(0.5) ? '' : `.${speaker.between(10, 99)}`}`,
      city: speaker.pick(CITIES),
      street: speaker.pick(STREETS),
      carrier: speaker.pick(CARRIERS),
      card: String(speaker.between(1000, 9999)),
      days: String(speaker.between(2, 9)),
      number: String(speaker.between(10, 180)),
      mail: `${speaker.pick(FIRST)}.${speaker.pick(LAST)}@mail.example`,
    }
    return Object.fromEntries(Object.entries(facts).map(([name, text]) => [name, () => text]))
  }
}
