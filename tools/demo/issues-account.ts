import type { Issue } from './issue.js'

/** What customers ask about accounts, data and cards. */
export const ACCOUNT_ISSUES: readonly Issue[] = [
  {
    topic: 'forgotten password',
    asks: [
      `I can't [log in|sign in], the reset mail [never comes|isn't arriving] at {mail}.`,
      '[Forgot|Lost] my password and the link for {mail} says [expired|used].',
      '[Locked out|Blocked] after {days} tries. My address is {mail}.',
    ],
    answers: [
      '[Mail to|Messages for] {mail} [bounce|bounced] on {date} because the box was [full|blocked].',
      'The link [lives|lasts] {number} minutes, and [yours|the one to {mail}] was [opened|clicked] after that.',
    ],
    steps: [
      'I [lifted|removed] the lock; [ask|request] a fresh link [on {weekday}|after {days} minutes].',
      '[Look|Search] for sender code {code} in [spam|the promotions tab].',
      '[Shall I|May I] [switch|move] the account to [another|a second] address than {mail}?',
    ],
  },
  {
    topic: 'change email',
    asks: [
      'Please change my [login|address] from {mail} to my [work|new] one.',
      'I no longer [use|own] {mail}. How do I [replace|update|retire] it [by {weekday}|after {order}|for {order}]?',
      '[Two accounts|I seem to have two logins], {mail} and another. [Can you merge them|Can you join them under {mail}|Is one gone by {date}]?',
    ],
    answers: [
      'For {mail} I first [need|ask for] the city on your last order and its [date|month].',
      'Both logins [hold|have] orders: {order} sits under {mail}, the {item} under the other.',
    ],
    steps: [
      '[Thanks|Once I have that], the switch [takes|needs] {days} minutes, and {order} [moves|comes] along.',
      '[Points|Your points] worth {amount} [are kept|carry over] by {weekday}.',
      '[Confirm|Tap] the mail with {code} and {mail} [is retired|stops working] on {date}.',
    ],
  },
  {
    topic: 'delete data',
    asks: [
      '[Delete|Erase] my account {mail} and all data.',
      'I want a copy of [everything|the data] you store on {mail}.',
      `[Stop|Don't go on] keeping my [street|birthday]. [Remove|Wipe] it from {mail}.`,
    ],
    answers: [
      'An [open|unpaid] balance of {amount} on {order} [blocks|delays] erasure until it is [settled|cleared].',
      'The archive for {mail} [is|runs to] {number} megabytes and [builds|is made] overnight.',
    ],
    steps: [
      '[After that|Then] all but tax papers is [gone|wiped] by {date}.',
      'The link with {code} [expires|closes] on {weekday}, so [fetch|save] it soon.',
      'I [cleared|blanked] {number} {street} and the birthday [at once|today]; {mail} [stays|works] as before.',
    ],
  },
  {
    topic: 'unknown login',
    asks: [
      `A [mail|message] says someone in {city} [logged in|used] as {mail}. [Not me, I live far off|That wasn't me in {city}|I was home on {date}]!`,
      'There is an order {order} I never [made|placed]. [Was I hacked|Who did, someone in {city}|Can you stop {order}]?',
      '[Strange|Odd] device on my account since {date}, a phone in {city}.',
    ],
    answers: [
      'The {city} session [opened|began] on {date} and [viewed|touched] [nothing but|only] your wish list.',
      '{order} was [placed|made] from {city} with a card [that is not|other than] the one ending {card}.',
    ],
    steps: [
      'I [closed|ended] every session; [set|choose] a new password for {mail} [now|before {weekday}].',
      '[I stopped {order}|{order} is frozen], and {amount} [was not|will not be] taken.',
      '[Turn on|Enable] the second factor with setup code {code} [as well|to be safe].',
    ],
  },
  {
    topic: 'newsletter',
    asks: [
      '[Too many|Enough] mails to {mail}. [Unsubscribe me by {weekday}|Stop them by {date}|Not one more {item}].',
      'I clicked unsubscribe on {date} and [still get|the] {weekday} offers [keep coming|arrive].',
      `[Only want|I'd like just] news on {item} sales, [nothing else|not the rest].`,
    ],
    answers: [
      '{mail} is on [two|three] lists, and the {date} click [covered|left] only one.',
      'The {weekday} issue [was queued|had been loaded] before your click on {date}.',
    ],
    steps: [
      'I [took it off|removed it from] all; [the last|one more] may [slip|come] through by {weekday}.',
      '[You now get|The list is now] {item} alerts [alone|and nothing else], [about|roughly] {days} a year.',
      '[Reference|Ticket] {code} [proves|records] it in case [another|one] arrives after {date}.',
    ],
  },
  {
    topic: 'loyalty points',
    asks: [
      `My points for the {item} [are missing|haven't shown up]. {order}.`,
      '[How many points|What] do I get for {amount}?',
      'My {number} points [vanish|expire] on {date}? [Why so soon after {order}|Is that fair after {amount}|Can you extend them past {weekday}]?',
    ],
    answers: [
      '{order} [was paid|went through] as a guest, so no points [reached|found] {mail}.',
      '{amount} [earns|gives] {number} points, [counted|booked] after the return window on {date}.',
    ],
    steps: [
      'I [added|booked] {number} by hand; they [show|appear] on {weekday}.',
      '[Spending|Use] some on a {other} [resets|restarts] the clock for the rest to {date}.',
      '[Scan|Show] card {code} [next time|at the till in {city}] and it [happens|works] by itself.',
    ],
  },
  {
    topic: 'app crash',
    asks: [
      'The app [crashes|closes] when I open {order}. [Any fix by {weekday}|Is it the {item}|My phone is {days} weeks old, so why]?',
      'Since the update on {date} the app [shows|stays on] a white [page|screen].',
      `I can't add a {item} to the basket in the app, [button is grey|nothing happens].`,
    ],
    answers: [
      'Build {number} [chokes|fails] on orders with a {other}, [as|like] {order} [has|holds].',
      'The {date} update [leaves|keeps] an old file that [breaks|blocks] the {item} page.',
    ],
    steps: [
      '[Clear|Empty] the cache, [reopen|restart], and [tell|report to] me error {code} if it [returns|comes back].',
      'Version {number}.{days} [repairs|cures] it and [lands|is out] on {weekday}.',
      '[Meanwhile|Until then] the site [does|handles] {order} fine [in any browser|on a laptop].',
    ],
  },
  {
    topic: 'store card',
    asks: [
      'My store card ending {card} is [lost|stolen] in {city}.',
      '[Raise|Can you raise] the limit on card {card} to {amount}?',
      'The store card [arrived|came] [bent|with a wrong name].',
    ],
    answers: [
      'Card {card} [is blocked|was stopped] as of now, and the last use was {amount} on {date}.',
      'A limit of {amount} [needs|takes] {days} months of [history|payments], and yours [began|starts] {date}.',
    ],
    steps: [
      'The new one [reaches|gets to] {number} {street} by {weekday}, with [another|its own] PIN [letter|mail] after.',
      '[Dispute|Flag] anything past {date} with {code} and it is [ours|not yours] to pay.',
      '[I set|For now I set] a middle figure and [review|look again] on {date}.',
    ],
  },
  {
    topic: 'subscription box',
    asks: [
      '[Skip|Pause] my {weekday} coffee box until {date}.',
      'The subscription took {amount} though I [paused|stopped] it [on {date}|in time].',
      'Can the box go [every|once in] {days} weeks [rather than|not] weekly?',
    ],
    answers: [
      'The box for {date} is [already ground|roasted] in {city}, the one after [is skipped|can rest].',
      'The pause on {mail} [began|kicked in] a day after the {date} billing.',
    ],
    steps: [
      'I [moved|set] the rhythm to {days} weeks, next [roast|bag] on {date}.',
      '[Both|The] {amount} [comes|goes] back to card {card} by {weekday}.',
      '[Change|Set] it [any time|yourself] under boxes with pin {code} before {weekday} noon.',
    ],
  },
]
