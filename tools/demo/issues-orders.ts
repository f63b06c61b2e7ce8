import type { Issue } from './issue.js'

/** What customers ask about orders and money. */
export const ORDER_ISSUES: readonly Issue[] = [
  {
    topic: 'late parcel',
    asks: [
      `[My|The] {item} from order {order} was due {weekday} and [still isn't|has not come|is nowhere to be seen]. [Where is it, in {city}|Any news on {order}|What does {carrier} say]?`,
      'Order {order} says [out for delivery|in transit] since {date}. [Should I worry about my {item}|What now|Is it lost near {city}|Can you call {carrier}]?',
      'I [paid|spent] {amount} on a {item} and [{carrier} keeps moving the date|the tracking has not changed since {date}].',
    ],
    answers: [
      `[I can see|It looks like] {carrier} [scanned|last saw] the {item} [in|at their depot in] {city} on {date}, [and nothing since|so it is stuck there|so it is a day's drive away].`,
      '[Sorry for|I understand] the wait on {order}: the {carrier} van [broke down near|skipped a stop in|was full at] {city}.',
      'Your {item} left [our warehouse|us] on {date} and {carrier} [expects|promises] it by {weekday}.',
    ],
    steps: [
      'If [nothing arrives|it is not there] by {weekday}, [reply here|write back] and I will [send another {item}|refund the {amount}].',
      'I have asked {carrier} to [trace|look for] it and [you will hear|they owe us an answer] within {days} days.',
      '[Keep|Use] tracking code {code} [on the {carrier} site|in the meantime]; it [updates|refreshes] every [evening|few hours].',
    ],
  },
  {
    topic: 'wrong item',
    asks: [
      'I ordered a {item} and [got|received|unpacked] a {other} instead. Order {order}.',
      '[Wrong|Not the right] thing in the box: a {other}, [though|while] {order} says {item}.',
      '[Someone|You] swapped my {item} for a {other}. [How do I get the {item}|Can you fix that by {weekday}|What about the {item}]?',
    ],
    answers: [
      '[A picker|Somebody at our {city} site] [mixed up|confused] two labels, so your {item} [went|travelled] to [another customer|someone else].',
      'That {other} [belongs to|was meant for] a different order, and the {item} [is still|sits] on our shelf in {city}.',
    ],
    steps: [
      '[I am sending|We will post] the {item} [today|tomorrow] and {carrier} [collects|picks up] the {other} on {weekday}.',
      'Please [keep|leave] the {other} [boxed|in its wrapping]; label {code} [is on its way|will reach you] by email.',
      'The right {item} [ships|leaves] on {date}, and [nothing|no part of the {amount}] will be charged again.',
    ],
  },
  {
    topic: 'damaged on arrival',
    asks: [
      'The {item} [arrived|came] with a [cracked lid|dented side|broken corner|snapped leg]. I paid {amount}!',
      '[Glass|Plastic shards|Loose screws] everywhere when I opened {order}. The {item} is [ruined|in pieces].',
      'My new {item} is [scratched|bent|split], and the {carrier} box [was crushed|looks chewed].',
    ],
    answers: [
      'That {item} [took|clearly took] a fall, and {carrier} [should have|ought to have] told us.',
      '[How annoying|What a welcome] for a {amount} purchase: the box for {order} was [packed too loosely|rated too thin] in {city}.',
    ],
    steps: [
      '[Send|Attach] two photos of the [box|damage] and I will [ship a new {item}|release {amount}] [the same day|by {weekday}].',
      '[No need to return it|Please recycle it]: a fresh {item} [leaves {city}|goes out] on {date}.',
      'Would you [rather have|prefer] another {item} or the {amount} back on your card ending {card}?',
    ],
  },
  {
    topic: 'cancel order',
    asks: [
      '[Please|Can you] cancel {order}, I [found it cheaper|changed my mind|ordered twice].',
      'I need to stop the {item} [before it ships|today]. Order number {order}.',
      '[Is it too late|How long do I have] to cancel my {item} from {date}?',
    ],
    answers: [
      '{order} [has not left|is still in] {city}, so [I have stopped it|it is cancelled now].',
      'The {item} [was packed|reached {carrier}] [an hour ago|this morning], which [makes cancelling|means cancelling is] [impossible|out of reach].',
    ],
    steps: [
      'The {amount} [returns|goes back] to the card ending {card} [within {days} days|by {date}].',
      '[Refuse|Turn away] the {carrier} delivery on {weekday} and we [refund|return] {amount} once it is [back|scanned] in {city}.',
      'A [mail|message] confirming the stop for {order} [is on its way|reaches you shortly].',
    ],
  },
  {
    topic: 'change address',
    asks: [
      'I moved to {city}, can {order} go to the new [flat|house|address]?',
      '[Wrong|Old] street on {order}. [Fix it|Change it] to {number} {street} please.',
      'Can the {item} be [sent|redirected] to my [office|neighbour] at {number} {street}?',
    ],
    answers: [
      '[Done|Sorted]: {order} now [goes|travels] to {number} {street}.',
      '{carrier} [already holds|has loaded] the {item}, so [only they|just the driver] can [turn it|change course] towards {street}.',
    ],
    steps: [
      '[Delivery|Arrival] [shifts|moves] from {weekday} to {date} [because of|given] the new postcode.',
      '[Give|Quote] them {code} and ask for [a redirect|the new drop] in {city}.',
      'Your [profile|account] still [lists|shows] the old place; [shall I|should I] [update|overwrite] it with {number} {street} too?',
    ],
  },
  {
    topic: 'missing parts',
    asks: [
      'No [screws|charger|manual|lid] in the {item} box. Order {order}.',
      'My {item} [came without|is missing] [its cable|one leg|the bag of bolts].',
      '[Half of|Part of] {order} is missing: I only got the {item}, not the {other}.',
    ],
    answers: [
      '[Batch|Lot] {code} of the {item} [left|shipped from] {city} without its [small parts|accessory bag].',
      'The {item} and the {other} [travel|ship] in two boxes, and the second [is due|follows] on {date}.',
    ],
    steps: [
      'I [posted|mailed] the missing [bag|piece] to {number} {street}; [count on|expect] {days} days.',
      '[Check|Look] under the [foam|cardboard] of the {item} first, where [bags|parts] [like to hide|get wedged].',
      'If the {other} [is not there|has not come] by {weekday}, [quote|mention] {code} and I will [resend|replace] it.',
    ],
  },
  {
    topic: 'delivery slot',
    asks: [
      'Can {carrier} come [after six|before noon|on {weekday}] with the {item}?',
      'I will be [away|at work] on {date}, [please deliver|can it come] [later|another day]?',
      `The slot for {order} [doesn't suit|clashes with school]. [Other times in {city}|Anything on {weekday}|Maybe {date}]?`,
    ],
    answers: [
      '{weekday} between [eight and noon|two and six] [is free|has space] for {order} in {city}.',
      'The {item} needs [two people|a lift van], and [that crew|those drivers] only [visit|serve] {city} on {weekday}s.',
    ],
    steps: [
      '[I booked|You now have] {date}, and the driver [rings|texts] [an hour|thirty minutes] [ahead|before].',
      '[Shall I|Would you like me to] [hold|reserve] {date} for the {item}?',
      '{carrier} can [leave it|drop it] at [the kiosk on {street}|number {number}, {street}] [instead|if that helps].',
    ],
  },
  {
    topic: 'proof of delivery',
    asks: [
      '{carrier} says delivered but [no {item} here|my porch is empty]. {order}.',
      '[Who signed|Whose signature is that] for {order} on {date}? [Not me or my wife|I was in {city}|Nobody at {number} {street}].',
      'The tracking for my {item} says [handed over|left in a safe place], [where|which place]?',
    ],
    answers: [
      'The {carrier} photo [shows|has] a [blue|green|red] door at {number} {street}, [taken|stamped] on {date}.',
      '{order} was [signed|accepted] by a [neighbour|concierge] at {number} {street}, [says|according to] {carrier}.',
    ],
    steps: [
      '[If that is not you|If {number} is not your door], I will [open|start] a search and [settle|answer] it by {weekday}.',
      'Please [ask|knock] there first; [failing that|otherwise] the {amount} [is covered|comes back].',
      '[Reply|Answer] with [yes or no|what you find] and {code}, and the claim for the {item} [starts|runs] at once.',
    ],
  },
  {
    topic: 'gift wrapping',
    asks: [
      `Can you [wrap|gift wrap] the {item} in {order}? It's for [my aunt|a wedding|a birthday] [on {date}|in {city}|next {weekday}].`,
      'I want the {item} [without prices|as a surprise] for {date}.',
      '[Add|Put] a card saying [well done|happy birthday|good luck] to {order}?',
    ],
    answers: [
      'The {item} [fits|goes into] our [large|medium] [gift box|paper], and the [slip|receipt] [shows|lists] no {amount}.',
      '[Sadly|Alas], a {item} is too [bulky|heavy] for wrapping in {city}, but a [ribbon|card] [works|can go on].',
    ],
    steps: [
      '[I added|There is now] a card to {order}, [written|printed] [by hand|in blue ink]; it [ships|leaves] on {date}.',
      '[Tell me|Send me] the [words|message] before {weekday} and I [slip it in|attach it to the {item}].',
      '{carrier} [brings|carries] it in a plain outer box to {number} {street}.',
    ],
  },
  {
    topic: 'refund status',
    asks: [
      '[Where is|What about] my refund for the {item}? I sent it back on {date}.',
      '{amount} for {order} [has not appeared|is still missing] on my statement.',
      `You [promised|owe me] {amount} since {date}. [My bank sees nothing on card {card}|I'm losing patience over a {item}|It was {order}].`,
    ],
    answers: [
      'The {item} [reached|got back to] {city} on {date}, and {amount} [was released|left us] [the day after|that {weekday}].',
      'I find [no scan|no return] for {order} yet, so the {amount} [has not moved|waits].',
    ],
    steps: [
      'Banks [need|take] {days} working days, so the card ending {card} should [show|have] it by {weekday}.',
      '[Send|Upload] the {carrier} receipt with {code} and I will [release|pay] it [without the scan|right away].',
      '[Quote|Give] reference {code} to your bank if {amount} [is absent|has not landed] on {date}.',
    ],
  },
  {
    topic: 'double charge',
    asks: [
      'I was [charged|billed] {amount} twice for {order}.',
      'Two [payments|debits] of {amount} on {date}, but [I bought one {item}|only one order].',
      'Why does my card ending {card} show {order} [two times|as double]?',
    ],
    answers: [
      'One of the two {amount} lines is a [hold|reservation] from {date} that [never|did not] [settle|clear].',
      'The [shop|till] [sent|ran] {order} again after a [timeout|failed reply], and both [went through|were booked].',
    ],
    steps: [
      'It [drops off|vanishes] the card ending {card} [within {days} days|by {weekday}] [by itself|without any step from you].',
      'I [reversed|sent back] the second {amount} under {code} [today|just now].',
      '[If both stay|Should both remain] past {date}, your bank can [void|lift] the one marked {code}.',
    ],
  },
  {
    topic: 'voucher fails',
    asks: [
      `Voucher {code} is [rejected|refused] for the {item}. [Why is that, it is only {date}|What's wrong with {code}|Is {code} void]?`,
      '[My|The] code {code} says [expired|not valid], but the mail says until {date}.',
      `The {amount} gift card won't [apply|work] at checkout with a {item}.`,
    ],
    answers: [
      '{code} [needs|asks for] a basket over {amount}, and the {item} [alone is under|falls short of] that.',
      'That {code} [ran out|ended] on {date}, [a day|just] before your [order|basket].',
    ],
    steps: [
      '[Add|Throw in] a {other} and it [applies|will work], or [wait|hold on] for the {weekday} sale.',
      'I [made|issued] a new one, {code}X, [good|valid] until {date} [in {city} too|online and in store].',
      '[Remove|Take out] the {other} first, since [marked down items|sale pieces] [block|cancel] it.',
    ],
  },
  {
    topic: 'price drop',
    asks: [
      'The {item} [is|got] {amount} cheaper [now|since {date}]. [Can I get the {amount}|Do you match for {order}|Can I get the difference by {weekday}]?',
      `I bought a {item} last {weekday} and [now it's on sale|the price fell].`,
      'Another shop in {city} sells the same {item} for {amount}. [Price match on {order}|Can you match that {amount}]?',
    ],
    answers: [
      'Orders within {days} days [qualify|count], and {order} [is inside|makes it] by [one day|a hair].',
      '[That|The] {city} shop [sells|lists] the older {item}, [which we|a version we] [cannot match|never stocked].',
    ],
    steps: [
      'I [credited|returned] {amount} to the card ending {card} [for you|today].',
      '[Return|Send back] the {item} by {date} and [buy|order] it again at the [new|lower] price if you [like|wish].',
      '[As a middle way|Instead], code {code} [takes|knocks] {amount} off [a {other}|your next {item}].',
    ],
  },
  {
    topic: 'invoice copy',
    asks: [
      'I need an invoice for {order} [with our company name|for taxes|for the {item}].',
      `[Lost|Can't find] the receipt of my {item} from {date}.`,
      'Can the bill for {amount} be [split|made out to my firm in {city}]?',
    ],
    answers: [
      'The invoice for {order} [is|sits] under [orders, then papers|the {date} entry] in your account.',
      'I [reissued|redrew] it with the [firm|company] name and {number} {street}, {city}.',
    ],
    steps: [
      'A copy [with|under] number {code} [is in your inbox|was mailed] [as of now|on {date}].',
      `[Check|Look at] the [tax line|VAT line] over {amount} and [tell me|say] if [it's off|anything differs].`,
      'It [stays|remains] [downloadable|there] until {date} [next year|plus ten years].',
    ],
  },
  {
    topic: 'payment declined',
    asks: [
      'My card ending {card} is [declined|refused] for the {item}.',
      `[Can't pay|Checkout fails] for {order}, it says [try later|error {number}].`,
      'I have [enough money|plenty on the account], still {amount} is rejected.',
    ],
    answers: [
      'Your bank [asked|wants] for a [code|fingerprint] on the {amount} and [got none|timed out].',
      'The card ending {card} [carries|has] an old postcode from {city}, [which|and that] [fails|trips] the check.',
    ],
    steps: [
      `[Approve|Confirm] it in the bank's app, then [retry|pay] {order} before {weekday}.`,
      'The {item} [stays|is] reserved until {date}, so [there is time|no rush] to [switch|change] cards.',
      '[Paying|You could pay] by transfer with {code} as the reference [also works|goes through too].',
    ],
  },
  {
    topic: 'installment plan',
    asks: [
      'Can I pay the {item} in {days} parts?',
      'My instalment for {order} [was taken|went off] on {date} instead of {weekday}.',
      `I'd like to [settle|pay off] the remaining {amount} for {order} [early|now].`,
    ],
    answers: [
      '{amount} over {days} months [comes to|makes] a monthly slice [starting|from] {date}.',
      'The {date} debit [moved|slid] because {weekday} was a bank holiday [in {city}|here].',
    ],
    steps: [
      'I [sent|mailed] the agreement {code}; [sign|accept] it before {weekday}.',
      '[Paying|Settling] all of {amount} [now|today] [saves|spares you] the fee on the {item}.',
      'The next slice [leaves|is taken from] the card ending {card} on {date}.',
    ],
  },
]
