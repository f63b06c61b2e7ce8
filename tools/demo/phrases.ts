import { words } from './grammar.js'

/** What reviewers say of anything. Words in braces are slots, in brackets alternatives: see `Speaker.expand`. */
export const BRANDS =
  words(`Norvane|Tellby|Harrowick|Ostrava Works|Pimberly|Calder & Finch|Lumeta|Brackenhall|Zentric|Oakmoor|Velloria|Kestrel One
  |Dunmark|Fjordline|Apex Cove|Mirelle|Tamsin Lane|Rugged Peak|Sunderby|Quell|Birchway|Ardent|Polwarth|Halcyon Home|Trivoli|Stellan|Wexcombe|Nimbus|Orrin
  |Castella|Greenloft|Peregrin|Sable & Rye|Tidemark|Umbra Lab|Vantor|Whitlock|Yarrow|Zephyrine|Ashgrove|Bellweather|Corvane|Delmonte Craft|Elmsford`)

export const PEOPLE =
  words(`my sister|my father in law|my flatmate|our neighbour|my boss|my grandmother|a colleague|my husband|my wife|my eldest|my best friend|our
  landlady|my cousin|the babysitter|my physio|my uncle|a friend from choir|my daughter|my son|my partner|my roommate|mum|dad|my godson|the plumber|my teacher`)

export const TIMES =
  words(`last week|three weeks ago|in November|over Easter|a month ago|back in spring|on Black Friday|just before Christmas|in the January sales|two
  summers ago|half a year ago|on a whim|during lockdown|for my fortieth|after payday|yesterday|the other Tuesday|in late August|at the airport|after reading a
  magazine test`)

export const SPANS =
  words(`a week|ten days|two weeks|a month|six weeks|three months|half a year|a year|a single weekend|forty hours|one season|several
  months|eighteen months|barely five uses|a dozen uses|a whole winter`)

export const SELLERS = words(
  `the seller|the warehouse|customer support|the courier|the shop|the manufacturer|the marketplace|the help desk|the local branch`,
)

export const WEEKDAYS = words('Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday')

export const ADVERBS = words(
  `really|surprisingly|honestly|remarkably|quite|very|so|truly|rather|pretty|extremely|consistently|reliably|genuinely|especially|unusually`,
)

export const GOOD_ADJECTIVES =
  words(`sturdy|excellent|gorgeous|well made|brilliant|superb|solid|delightful|intuitive|clever|thoughtful|flawless|dependable|elegant
  |fantastic|comfortable|precise|impressive|lovely|great|first class|generous|spotless|responsive|smooth|top notch|outstanding|beautiful|perfect|effortless
  |robust|smart|pleasing|splendid|wonderful|handsome|durable|stellar|neat|practical`)

export const BAD_ADJECTIVES =
  words(`flimsy|awful|cheap|disappointing|useless|shoddy|fragile|terrible|clumsy|crooked|infuriating|pathetic|dreadful|mediocre|unreliable
  |dangerous|ugly|wonky|brittle|sloppy|horrible|badly designed|defective|stiff|hopeless|comical|frustrating|poor|inferior|misleading|worthless
  |scratchy|lousy|sluggish|unusable|appalling|tacky|rough|second rate`)

export const GOOD_VERBS = words(
  `adores|keeps praising|can't stop using|was won over by|borrowed it just for|is jealous of|raves about|noticed|loves|appreciates`,
)

export const BAD_VERBS = words(
  `gave up on|complained about|swears at|laughed at|warned me about|despairs of|is fed up with|hates|can't stand|struggled with`,
)

export const OPENERS =
  words(`[Bought|Ordered|Picked up|Got] [this|the {brand} {product}|a {brand} {product}|this {product}] {use} {time}
  |[I|We] [needed|wanted|were after|had been looking for] a [new|decent|simple|compact|replacement] {product} {use}
  |[{person} gave me|{person} recommended|{person} talked me into] [this {product}|the {brand} {product}|a {brand}] {time}
  |This is my [second|third|first|fourth] {product} [from {brand}|in ten years|since moving house|this year]
  |[My|Our] old {product} [died|gave out|broke|was stolen] {time}, so I [tried|chose|went with|ordered] [{brand}|this one|the {brand} one]
  |[Used|Owned|Had|Tested] [it|this {product}|the {brand}] for {span} now|[Some|A few] [thoughts|notes|words] on the {brand} {product} after {span}
  |Not my first {brand} {product}|I [compared|read about|looked at] [five|six|a dozen|several] models before [choosing|settling on] {brand}`)

export const GOOD_OPENINGS =
  words(`[What a|Such a] {goodAdj} {product}|[Really|Very|So|Absolutely] [happy|pleased|delighted|chuffed] with [this|my|our] {product}
  |{goodAdj} [bit of kit|purchase|buy|thing|little {product}]|[I|We] [love|adore] [this {product}|our {brand}|it]|[Couldn't|Could not] be [happier|more pleased] with the {aspect}
  |[Best|Finest|Nicest] {product} [I|we] have [owned|tried|used]|[Hats off|Full marks|Well done] to {brand}`)

export const BAD_OPENINGS =
  words(`[What a|Such a] [letdown|mess|waste|dud|disaster]|[Very|Really|So|Deeply] [disappointed|unhappy|annoyed|let down] with [this|my|our] {product}
  |{badAdj} from [day one|the start|the moment I opened it]|[I|We] [regret|resent] [buying this {product}|choosing {brand}|ordering it]
  |[Avoid|Skip|Steer clear of|Do not buy] [this {product}|the {brand} {product}|{brand}]|[Worst|Weakest|Poorest] {product} [I|we] have [owned|tried|used]
  |[Shame on|No thanks to|Never again from] {brand}`)

export const GOOD_CLOSERS =
  words(`[Worth|Well worth] [every penny|the {price}|the wait|the postage] [for the {aspect} alone||says {person}]|[Already ordered|Just bought|Getting] [another|a second one|one more] for {person}
  |[Would|Will] [happily|gladly|certainly] [buy|order|choose] [it|{brand}|from them] again|[Five stars|Top marks|Ten out of ten] [from me|from {person} too|all round]
  |I'd [pick|take|choose] it over [my old {rival}|any {rival}] [any day|every time]|[Recommended|Highly recommended] to [anyone|everyone|beginners|friends] [with a similar need|who asks|on a budget]
  |[Even|Also] {person} [is impressed|wants one|approves|is converted]|[Can't|Cannot|Couldn't] [fault|imagine life without|part with] [it|mine|ours|the {aspect}|my {product}]|[Thank you|Thanks|Bravo], {brand}
  |For {price} [it's a bargain|you can't go wrong|that's a steal]|[Cheers|Kudos] to {seller} for the [quick|speedy|careful] delivery`)

export const BAD_CLOSERS =
  words(`[Sent|Shipped|Took] it [straight back|back {time}|back to {seller}]|[Save|Keep] your [money for a {brand}|cash|{price}|pennies]|[Still|I'm] waiting for [a refund|a reply|an answer] from {seller}
  |[Going|I went] back to my old {rival}|[One star|Zero stars|Two stars at most], and {person} agrees|[Never|Not|No longer] buying [{brand}|from them|this|a {brand} {product}] again
  |It [ended up|landed|is now] in the [bin|skip|charity shop|attic]|For {price} [I expected better|that's robbery|it's an insult]|{seller} [ignored|shrugged off|refused] my [complaint|claim|emails]
  |[Don't|Do not] [bother with {brand}|waste your time|fall for the photos|spend {price} on it]|[Replaced|Swapped] it with a {rival} {time}|[Such a|A real] [pity|shame], as the photos [promised so much|looked fine]`)

export const NOTES =
  words(`the [leaflet|manual|booklet] [is mostly pictures|covers nine languages|is one folded sheet|lives online]|it [weighs|comes to] about {count} [kilos|pounds|hundred grams]
  |the [box|parcel|packaging] [was plain brown card|was huge|can be recycled|had a dent]|it [comes|is sold] in [two|three|five] [sizes|shades|versions]|the [label|sticker|sleeve] says {brand}, made in [Portugal|Vietnam|Poland|Taiwan|Turkey|Mexico]
  |the [warranty|guarantee] runs {count} months|spare parts [cost extra|are sold apart|come in packs of {count}]|the photos online [are accurate|look larger|show the older version]
  |{seller} answers [the phone|emails] on {weekday}s only|registration takes {count} minutes`)

export const NEUTRAL =
  words(`{seller} [delivered|dropped it off|sent it] on a {weekday}|[It|The parcel] [took|needed] [two|three|four|nine] days [to arrive|in the post]|I paid {price} for it
  |[For reference|By the way|For what it's worth], {note}|[Note that|Bear in mind that|Just so you know,] {note}|{note}|I use it [mostly|mainly|only] {use}
  |[Mine|Ours] is the [blue|grey|green|black|red|white|mustard|navy] [one|version]|{person} uses it more than [I do|we do]|We live in a [flat|cottage|farmhouse|terrace|bungalow|caravan] with {person}, so [size|noise|space] matters`)

export const MILD_GOOD =
  words(`[Does|It does] [the job|what I need|what it says] for {price}|[Not|It's not] [perfect|luxury|the prettiest], but [it works|fine for us|I'm keeping it]
  |[Better|Nicer] than [I expected|the photos suggest|my last one]|[No|Zero] complaints about the {aspect} [so far|after {span}]|[Decent|Fair|Solid enough] [value|quality] [for {price}|overall]`)

export const MILD_BAD =
  words(`[Could|Should] be [better|sturdier|cheaper] for {price}|[Not|It's not] [awful|the end of the world|a total loss], but [I expected more|it annoys me|I'd pass]
  |[Worse|Plainer] than [I hoped|the photos suggest|my last one]|The {aspect} could [do with|use] [a redesign|more thought|some work|better materials]|[Mediocre|Underwhelming|Poor] [value|quality] [for {price}|overall]`)

/** Clauses of praise; they go on from what stands before, in lower case. */
export const GOOD_CLAUSES =
  words(`[it|mine|ours|the {product}|this {product}|the {brand}|this one] {good}|[it|mine|ours|the {product}|this {product}|the {brand}|this one] {good}
  |the {aspectIs} {adv} {goodAdj}|{person} {goodVerb} the {aspect}|after {span} [it|mine|ours|the {product}] {good}|[the|its] {aspect} [felt|proved|turned out|looked] {goodAdj}
  |[it|mine|this one] {good} and {good}|[I like|I love|we enjoy] how it {good}|when {person} tried it on {weekday}, it {good}`)

export const BAD_CLAUSES =
  words(`[it|mine|ours|the {product}|this {product}|the {brand}|this one] {bad}|[it|mine|ours|the {product}|this {product}|the {brand}|this one] {bad}
  |the {aspectIs} {adv} {badAdj}|{person} {badVerb} the {aspect}|after {span} [it|mine|ours|the {product}] {bad}|[the|its] {aspect} [felt|proved|turned out|looked] {badAdj}
  |[it|mine|this one] {bad} and {bad}|[I hate|I dislike|we resent] how it {bad}|when {person} tried it on {weekday}, it {bad}`)
