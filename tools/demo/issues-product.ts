import type { Issue } from './issue.js'

/** What customers ask about the goods themselves. */
export const PRODUCT_ISSUES: readonly Issue[] = [
  {
    topic: 'setup help',
    asks: [
      'How do I [set up|install|connect] my new {item}? The booklet is [useless past page {days}|in Dutch|for the {other}].',
      `The {item} [won't pair|blinks red] [after unboxing|since {weekday}].`,
      `[Stuck|I'm stuck] at step {days} with the {item}. [What next, bag {code}|Can you help, it is {weekday} and guests come|Which bolts from {code}]?`,
    ],
    answers: [
      '[Hold|Press] the side button of the {item} for {days} seconds until it [beeps|turns green].',
      'Step {days} [wants|needs] the [small|longer] bolts from bag {code}, [not those|rather than the ones] of the lid.',
    ],
    steps: [
      'If the red [light|blink] [stays|goes on], [charge|plug in] the {item} for {number} minutes [first|and retry].',
      'Page {number} of the online guide [shows|draws] it for the {item} [clearly|in colour].',
      '[Ring|Call] our bench in {city} before {weekday} and they [walk|talk] you through, quoting {code}.',
    ],
  },
  {
    topic: 'warranty claim',
    asks: [
      'My {item} [died|broke] after {days} months. [Is there warranty on {order}|Is that covered after {date}|What now with {order}]?',
      '{order}: the {item} [stopped|quit] on {date}. [Repair it by {weekday}|What can you do|Is {date} covered|Who fixes it in {city}]?',
      'The shop in {city} refuses to [fix|replace] my {item} under guarantee.',
    ],
    answers: [
      '{order} is [covered|insured] until {date}, so the {item} [gets|is due] a free repair.',
      '[Wear|Normal wear] on a {item} is out, but a [dead motor|failed board] within {days} months [is in|counts].',
    ],
    steps: [
      '[Print|Use] label {code} and [drop|leave] it with {carrier} by {weekday}.',
      'The {city} [workshop|bench] [needs|asks] about {days} days, and you [get|borrow] a {other} [meanwhile|for the time].',
      '[Tell|Show] the {city} counter claim {code}; they [must|have to] [take|accept] it.',
    ],
  },
  {
    topic: 'spare part',
    asks: [
      'Do you sell a [spare|replacement] [lid|filter|belt|wheel] for the {item}?',
      'Part {code} for my {item}, [in stock|how much]?',
      '[Need|Looking for] [two|four] [screws|clips|gaskets] for the {item} I got on {date}.',
    ],
    answers: [
      'Part {code} [fits|suits] every {item} since {date} and [costs|is] {amount}.',
      'That [piece|part] [ran out|sold out] in {city}, [but|though] the {item} maker [sends|ships] it from abroad.',
    ],
    steps: [
      '[Ordered|If you order] before {weekday}, it [travels|goes] with {carrier} in {days} days.',
      'I can [reserve|put aside] [one|a pair] under {order} [until {date}|for {days} days].',
      '[Measure|Check] the old one: [over|above] {number} millimetres [means|calls for] the {other} kind.',
    ],
  },
  {
    topic: 'compatibility',
    asks: [
      'Does the {item} [work|go together] with my {other}?',
      'Is the {item} [fine|safe] for [abroad|{city}], the voltage I mean?',
      'Will a {item} fit [a gap of {number} centimetres|a small car]?',
    ],
    answers: [
      'The {item} [works|pairs] with any {other} made after {date}.',
      `The {item} is {number} centimetres [wide|deep], [plus|not counting] a finger's width for the [plug|hinge].`,
    ],
    steps: [
      '[Yours|The one] from {order} [is older|predates that], so you would [need|want] adapter {code} for {amount}.',
      '[Used in|For] {city} it [needs|takes] a plug [converter|adapter], [nothing|no] more.',
      `[Try|Test] it at home: {days} days' return [applies|covers it] from {weekday}.`,
    ],
  },
  {
    topic: 'out of stock',
    asks: [
      'When is the {item} [back|in stock again]?',
      '[Sold out|Gone] everywhere in {city}! Any {item} left?',
      `I'm [waiting|on the list] for the {item} since {date}.`,
    ],
    answers: [
      'The next {item} [lorry|delivery] [reaches|is due in] {city} on {date}, [about|around] {number} pieces.',
      'The maker [stopped|ended] that {item} on {date}, and {number} [units|pieces] were the last.',
    ],
    steps: [
      'I [put|moved] {mail} [to the top of|onto] the list; [you|it] [hear|rings] on {weekday}.',
      'The {other} [is close|comes near] at {amount} and [leaves|ships] [at once|today].',
      '[One|A single] display {item} stands in our {city} shop, [held|kept] for you till {weekday} as {code}.',
    ],
  },
  {
    topic: 'size advice',
    asks: [
      '[Which size|What model] of {item} for {days} people?',
      'I am {number} kilos, will the {item} [hold|last]?',
      '[Small or large|Big or medium] {item} for a flat in {city}?',
    ],
    answers: [
      'For {days} people the {item} in [medium|large] [is|will be] [right|plenty], at {amount}.',
      'The {item} is [tested|rated] for {number} kilos [and more|plus a margin] in the {date} catalogue.',
    ],
    steps: [
      '[Neighbours|Buyers] in {city} [mostly|often] [take|pick] the smaller {item} and [add|pair it with] a {other}.',
      '[Exchange|Swap] it free by {date} with {code} if it [feels|is] [tight|too big].',
      '[Draw|Tape] {number} centimetres on the floor [first|before {weekday}] to be sure.',
    ],
  },
  {
    topic: 'safety recall',
    asks: [
      'I [read|heard] the {item} is recalled. Is mine, {code}, [affected|dangerous]?',
      'My {item} from {date} [smells burnt|gets very hot]. [Recall of {code}|Is it safe near {number} degrees|Do I return {order}]?',
      'Letter about the {item} recall, [what do I do|do I get {amount} back]?',
    ],
    answers: [
      'Serials [up to|before] {code} [are affected|are in it], so [unplug|stop using] that {item} now.',
      'Only {item} batches from {city} before {date} are [recalled|in the notice], [yours|and yours] is [later|newer].',
    ],
    steps: [
      '{carrier} [fetches|collects] it on {weekday} in a [metal|fireproof] box, and {amount} [follows|is paid].',
      '[Still|Even so], a hot {item} [should rest|must cool]; send photo and {code} to our {city} lab.',
      '[Choose|Pick] between a new {item} and {amount} on the form by {date}.',
    ],
  },
  {
    topic: 'assembly service',
    asks: [
      'Can someone [build|assemble] the {item} at {number} {street}?',
      '[What does|How much is] mounting a {item} in {city}?',
      `The fitter for my {item} [didn't come|missed] on {date}.`,
    ],
    answers: [
      'A fitter for the {item} in {city} [costs|is] {amount} and [needs|stays] {days} hours.',
      'The {date} fitter [sat|was held up] in traffic near {street}, and [rang|called] a wrong number.',
    ],
    steps: [
      '[Free|Open] days are {weekday} and {date}; [which|what] [suits|do you prefer]?',
      'I [rebooked|moved] it to {weekday}, first slot, with {amount} [off|waived].',
      '[Clear|Keep free] two metres near the wall, and [have|keep] code {code} [ready|at hand].',
    ],
  },
  {
    topic: 'return window',
    asks: [
      'Can I return the {item} after {days} weeks?',
      `The {item} [isn't for me|is too loud]. How do I send {order} back?`,
      '[Bought|I bought] the {item} in {city}, [return|can I return it] online?',
    ],
    answers: [
      'The window for {order} [ends|closes] on {date}, so the {item} [can|may] [still|easily] come back.',
      '{days} weeks is [past|over] the limit for a {item} that was [used|opened].',
    ],
    steps: [
      '[Print|Scan] {code} at any {carrier} desk in {city}, [tape|no tape] needed.',
      'I can [offer|give] {amount} as store credit [instead|if it is clean].',
      '[Keep|Hold on to] the slip till {amount} [is back|shows] on card {card}, [about|likely] {weekday}.',
    ],
  },
  {
    topic: 'cleaning advice',
    asks: [
      'How do I [clean|wash] the {item} without [ruining|scratching] it?',
      '[Stains|Red wine] on my {item}, [what helps|vinegar okay]?',
      'My {item} [smells|is mouldy] after {days} weeks in the cellar.',
    ],
    answers: [
      '[Lukewarm|Hand hot] water and a drop of [soap|shampoo] [suit|do for] the {item}; [bleach|vinegar] [eats|dulls] its seal.',
      '[Brush|Dab] the {item} dry first, then [leave|rest] it {number} minutes under [baking soda|salt].',
    ],
    steps: [
      '[Rinse|Wipe] [twice|again], and dry it {days} hours [away from heat|in shade] before use.',
      'Our {city} counter [sells|has] a [paste|spray] for {amount} [made|meant] for a {item}.',
      '[Repeat|Do it again] on {weekday} if [a shadow|a trace] remains, or [ask|write] with photo {code}.',
    ],
  },
]
