import type { Issue } from './issue.js'

/** What customers ask about the shops. */
export const SHOP_ISSUES: readonly Issue[] = [
  {
    topic: 'opening hours',
    asks: [
      '[When|Until when] is the {city} shop open on {weekday}?',
      'Are you [open|closed] on {date} in {city}?',
      'Is the {street} branch [still there|open for pickup]?',
    ],
    answers: [
      '{city} [opens|runs] from [nine|ten] to [six|eight] on {weekday}s, [lunch included|no break].',
      'On {date} the {city} shop [closes|shuts] for stocktaking, but {street} [stays|is] open.',
    ],
    steps: [
      '[Pickup|Parcels] for {order} [is|are] at the [rear|side] door until [seven|nine].',
      '[Parking|The car park] at {number} {street} is free for {days} hours.',
      '[Quietest|It is calmest] there on {weekday} [mornings|evenings], [says|according to] the {city} team.',
    ],
  },
  {
    topic: 'pickup order',
    asks: [
      'Is {order} ready for pickup in {city}?',
      '[Can my brother|May a friend] collect the {item} [for me|on {weekday}]?',
      `I [missed|can't make] the pickup date {date} for the {item}.`,
    ],
    answers: [
      'The {item} [waits|is ready] at desk {days} in {city} [until|through] {date}.',
      '[Anyone|Yes, anybody] with {code} and {order} [may|can] [fetch|collect] it.',
    ],
    steps: [
      '[Bring|Take] a [trolley|car], since the {item} weighs {number} kilos boxed.',
      'I [stretched|extended] the hold to {weekday}; after that {amount} [goes back|is refunded].',
      '[Ring|Press] bell {number} on {street} and they [bring|carry] it out.',
    ],
  },
  {
    topic: 'job application',
    asks: [
      'Are you hiring in {city} [this {weekday}|from {date}|near {street}]?',
      'I applied on {date} as [a fitter|a cashier] and [heard nothing|no reply].',
      '[Summer|Weekend] job at {street}, [possible|who to ask]?',
    ],
    answers: [
      '{city} [looks for|needs] [two|three] people [on|for] {weekday}s, [from|starting] {date}.',
      'Applications from {date} [are read|get read] by the {city} manager [on {weekday}|within {days} days].',
    ],
    steps: [
      '[Send|Mail] a page about you with code {code} [before|by] {weekday}.',
      '[Pay|Wages] [starts|start] near {amount} a [day|shift] plus [staff price|a discount] on a {item}.',
      '[Drop in|Come by] {number} {street} and ask for the [floor lead|shift lead].',
    ],
  },
  {
    topic: 'bulk purchase',
    asks: [
      'We need {number} pieces of the {item} for [a school|our office] in {city}. [What discount from {days} up|Any rebate for {number}|Price per {item}]?',
      '[Quote|Offer] for {number} times {item}, delivered {date}?',
      'Can a [club|nursery] order {number} {item}s on invoice?',
    ],
    answers: [
      'From {days} pieces the {item} [drops|falls], so {number} [come|works out] near {amount} each.',
      '{number} [is more|are more] than {city} holds, [so|and] half would [come|ship] on {date}.',
    ],
    steps: [
      'The written offer {code} [is good|holds] until {weekday}, [pallet|freight] to {street} [included|inside].',
      '[Invoice|Payment on invoice] [needs|takes] a [stamp|tax number] and {days} days.',
      '[Adding|With] a {other} or two, {carrier} [still needs|fills] one pallet.',
    ],
  },
  {
    topic: 'compliment',
    asks: [
      '[Just wanted|Writing] to [thank|praise] the fitter who did my {item} on {date}.',
      'Your {city} team was [lovely|so patient] about {order}.',
      '[Great|Quick] help with the {item} last {weekday}, [pass it on|please tell them]!',
    ],
    answers: [
      'The {city} crew [reads|gets] this on {weekday}, and [they|the fitter] will [beam|be glad].',
      '[That|This] goes on the board at {street}, [next to|under] the {item} photos.',
    ],
    steps: [
      '[May I|Could I] quote it with {mail} [hidden|left out] in the {date} letter?',
      'I [told|wrote to] their lead and [noted|filed] it as {code}.',
      '[Enjoy|Have fun with] the {item}, and [mind|remember] the free check on {date}.',
    ],
  },
  {
    topic: 'rude staff',
    asks: [
      'The [cashier|guard] in {city} was [rude|unkind] to my [mother|son] on {date}.',
      'I [waited|stood] {number} minutes at {street} and was [sent away|ignored].',
      'Your {weekday} hotline hung up on me about {order}. [Twice on {date}|Really|Is that how {city} works]?',
    ],
    answers: [
      'The {city} lead [has your note|was told] and [speaks|talks] with the [shift|desk] of {date}.',
      '[On {weekday}|That {weekday}] two of five at {street} were [ill|off], which explains the {number} minutes, [but excuses nothing|not the tone].',
    ],
    steps: [
      '[She|He] will [ring|write to] you by {weekday}, [unless|if not] you [object|say no].',
      '[Coffee|Lunch] for two waits at {street} under {code}, [whenever|any day till {date}].',
      '[Call|Dial] me direct: desk {number}, [about|on] {order}, [mornings|afternoons].',
    ],
  },
  {
    topic: 'old appliance',
    asks: [
      'Do you take my old {other} when the {item} comes to {street}?',
      'Where can I [recycle|drop] [batteries|a broken {item}] in {city}?',
      '[Trade in|Any credit] for a {days} year old {item}?',
    ],
    answers: [
      '{carrier} [takes|carries off] one [old piece|used {other}] per delivery in {city}, [free|for {amount}].',
      'The green bins at {number} {street} [swallow|take] a {item} [up to|of] {number} centimetres.',
    ],
    steps: [
      '[Empty|Unplug] it and [set|leave] it by the door on {date}, marked {code}.',
      '[In turn|For it], a voucher of {amount} [runs|lasts] until {date}.',
      '[Wipe|Erase] any [data|photos] first; our {city} yard [shreds|crushes] on {weekday}.',
    ],
  },
  {
    topic: 'lost property',
    asks: [
      'I left [an umbrella|my keys|a scarf] in your {city} shop on {date}.',
      '[Lost|Dropped] [my wallet|a glove] near the {item} shelf in {city}. [Have you found it|Did anyone in {city} hand it in|Should I come by {street}]?',
      `My child's [teddy|hat] is [somewhere|lost] at {street}, since {weekday}.`,
    ],
    answers: [
      'The {city} desk [logged|holds] [one|something] like it as {code}, found {date}.',
      'Nothing [like that|of the kind] [came in|was handed in] at {street} [by|up to] {weekday}, but cleaners [look|sweep] at night.',
    ],
    steps: [
      '[Describe|Name] its colour and [fetch|collect] it before {date} at {number} {street}.',
      'I [ring|write to] {mail} when it [turns up|surfaces], [latest|surely] {weekday}.',
      'After {days} weeks it [goes|moves] to the {city} town hall with tag {code}.',
    ],
  },
]
