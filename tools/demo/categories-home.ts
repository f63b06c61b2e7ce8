import { words } from './grammar.js'

/** A kind of product and what people say of it. `good` and `bad` go on from "it"; `notes` stand as clauses of their own. */
export interface ProductCategory {
  readonly products: readonly string[]
  readonly aspects: readonly string[]
  readonly good: readonly string[]
  readonly bad: readonly string[]
  /** Why it was bought. */
  readonly uses: readonly string[]
  readonly notes: readonly string[]
}

export const HOME_CATEGORIES: readonly ProductCategory[] = [
  {
    products: words('stand mixer|espresso machine|air fryer|immersion blender|waffle iron|rice cooker'),
    aspects: words('whisk|basket|steam wand|bowl|timer|nonstick coating|drip tray|motor|lid|dial|crust it makes'),
    good: words(`kneads sourdough without wandering across the counter|crisps potatoes with barely a spoon of oil|rinses clean in seconds
      |froths milk like the corner café|whips cream before I find the sugar|keeps jasmine rice fluffy till supper|fits under the cupboards
      |browns pancakes evenly edge to edge|purrs instead of screaming|handles frozen berries and ice cubes`),
    bad: words(`smells of scorched plastic at every preheat|trips the breaker twice a morning|dribbles coffee down its own front
      |leaves raw batter in the middle|sheds black flakes into the omelette|jams on a single carrot|overheats before the dough comes together
      |splatters grease onto the backsplash|takes forty minutes for lukewarm fries|rusted around the screws`),
    uses: words('for Sunday baking|to stop buying takeaway lattes|for a tiny apartment kitchen|for meal prep|for my gluten free recipes|as an anniversary present'),
    notes: words('the recipe leaflet is mostly photographs|it weighs about as much as a turkey|the cord is roughly a metre|it comes in cream, teal or graphite'),
  },
  {
    products: words('robot vacuum|steam mop|handheld duster|carpet washer|window squeegee|laundry steamer'),
    aspects: words('suction|brush roll|dustbin|charging dock|water tank|mopping pad|mapping|filter|hose|swivel neck'),
    good: words(`swallows husky fur by the fistful|finds its way home under the sofa|lifts old juice stains out of the rug|glides along skirting boards
      |leaves tiles streak free|empties without a dust cloud|hums quietly during naps|squeezes beneath the radiator|maps the hallway in one lap
      |picks up cereal the toddler flings`),
    bad: words(`gets stranded on every threshold|scatters litter across the landing|tangles itself in curtain tassels|leaks a grey puddle by the dock
      |pushes crumbs around like a snowplough|forgets the floor plan nightly|whines loud enough to wake the neighbours|clogs on a handful of hair
      |drags dirty water over clean boards|wheezes after six minutes`),
    uses: words('because we have two shedding cats|for the stairs|for laminate flooring|after the renovation|to tidy the garage|for allergies'),
    notes: words('spare filters are sold in packs of three|the app asks for your location|the tank holds about half a litre|the handle folds flat'),
  },
  {
    products: words('memory foam mattress|weighted blanket|down pillow|linen duvet cover|electric throw|mattress topper'),
    aspects: words('stitching|edge support|filling|fabric|loft|zip|weave|warmth|corner ties|washability'),
    good: words(`lets my shoulders sink without swallowing me|stays cool past midnight|softens with each wash|ended my morning backache
      |keeps its shape under two restless sleepers|drapes like hotel bedding|hushes my anxious legs|warms frozen toes within minutes
      |springs back by breakfast|breathes through a July heatwave`),
    bad: words(`sags where my hips lie|reeks of solvent for weeks|leaks beads all over the bed|pills into scratchy fuzz|traps heat like a greenhouse
      |tore along the seam during its first laundry|sheds feathers into my tea|slides off the mattress nightly|clumps into hard lumps
      |gave me a stiff neck`),
    uses: words('for the guest bedroom|because of insomnia|to replace a lumpy old one|for winter nights|for my teenager|for side sleeping'),
    notes: words('it arrives rolled in a cardboard tube|the label says sixty degrees|it is sold in five sizes|the beige looks nearly pink in daylight'),
  },
  {
    products: words('bookshelf|standing desk|folding chair|bed frame|shoe cabinet|kitchen trolley'),
    aspects: words('veneer|drawer runners|pre-drilled holes|legs|crossbar|castors|back panel|hinges|finish|instructions'),
    good: words(`stands rock steady on crooked floorboards|went together in under an hour|carries three rows of encyclopedias|glides between sitting and standing
      |looks like solid walnut|tucks behind the door when folded|shrugs off mug rings|slots together with a satisfying click|survived a house move
      |holds my heavy monitors`),
    bad: words(`wobbles whenever I type|arrived with a splintered shelf|bows beneath paperbacks|lost a castor in the first week|has holes drilled on the wrong side
      |scratches if you look at it|pinches fingers when it folds|tilts toward the window|flakes chipboard onto the carpet|creaks like a haunted ship`),
    uses: words('for the home office|for the hallway|for a student flat|for my growing record collection|to hold cookbooks|for the balcony'),
    notes: words('you need your own screwdriver|the box took two people to lift|the allen key is included|it is eighty centimetres wide'),
  },
  {
    products: words('cordless drill|orbital sander|jigsaw|laser level|socket set|pressure washer'),
    aspects: words('chuck|battery|trigger|guide fence|torque|carry case|blade clamp|nozzle|grip|ratchet'),
    good: words(`drives long screws into oak without stalling|strips decking in an afternoon|cuts curves truer than my hand deserves|runs all weekend on one charge
      |throws a crisp line across the room|blasts moss off the patio|shaves plywood smooth as glass|clicks positively into place
      |frees bolts that rusted in the nineties|balances nicely overhead`),
    bad: words(`stalls in anything harder than pine|smokes under light load|rounds off bolt heads|throws a line half a bubble out|dies halfway through a cabinet
      |drips oil from the housing|slips out of the collet mid cut|rattles until my wrists ache|splits its hose at the coupling|strips its own gears`),
    uses: words('to build a garden fence|for rebuilding the shed|for hanging plasterboard|for restoring an oak dresser|for my apprenticeship|to fix the porch'),
    notes: words('the charger is sold apart|the manual is one folded sheet|it takes standard bits|the case has room for extras'),
  },
  {
    products: words('hedge trimmer|garden hose reel|raised planter|solar lantern|compost bin|lawn aerator'),
    aspects: words('blades|hose fitting|timber|light sensor|hatch|spikes|rewind spring|drainage|stake|shaft'),
    good: words(`slices through laurel like butter|rewinds without a single kink|glows till dawn after a cloudy day|turns peelings into crumbly soil
      |keeps slugs off my lettuces|drains well in a downpour|reaches the greenhouse easily|pulls plugs from baked clay|weathers to a handsome silver
      |scares no robins away`),
    bad: words(`chews twigs instead of cutting them|bursts at the tap connector|rotted after one wet spring|flickers out by nine|blows over in a breeze
      |bends on the first pebble|attracts every fly in the county|jams with damp clippings|warps until the boards gape|squirts my ankles instead of the roses`),
    uses: words('for an overgrown allotment|for my tomatoes|for the front path|for a shady border|to tame the privet|for the village garden club'),
    notes: words('gloves are advisable|the screws are galvanised|it covers about ten square metres|assembly needs a mallet'),
  },
  {
    products: words('ceramic pan|chef knife|cast iron casserole|bamboo chopping board|salad spinner|digital scale'),
    aspects: words('blade|handle|enamel|base|balance|rim|readout|groove|glaze|spout'),
    good: words(`releases fried eggs with a nudge|glides through ripe tomatoes|sears steak with a proper crust|holds its edge for months|spreads heat right to the rim
      |weighs saffron to the tenth of a gram|flings water off spinach|goes from hob to oven to table|feels balanced between finger and thumb|cleans up with a wipe`),
    bad: words(`sticks worse than bare steel|chips if it meets a bone|warped on medium flame|dulls after an onion|cracked during its first stew
      |drifts by twenty grams|splits along the glue line|wobbles on the glass hob|burns fingers through the handle|rusts overnight in the rack`),
    uses: words('for cooking school|for braises and stews|for pickling season|to bake bread in|for filleting trout|for a wedding registry'),
    notes: words('it is heavier than it looks|hand washing is recommended|it suits induction|the sleeve is cardboard'),
  },
  {
    products: words('baby monitor|pushchair|high chair|bottle steriliser|nappy bag|wooden train set'),
    aspects: words('harness|camera|tray|wheels|canopy|night vision|straps|pockets|paint|fold'),
    good: words(`folds one handed while I hold the twins|shows every sleepy wriggle|wipes down after the messiest porridge|rolls over cobbles without waking her
      |swallows bottles, wipes and a spare outfit|keeps curious fingers safe|survives being dropped from the cot|grows along with the child
      |sterilises six bottles in a go|charms every visitor under five`),
    bad: words(`loses signal through one wall|pinches little thighs|tips back on kerbs|sheds paint into a teething mouth|screeches at three in the morning
      |collapses unless you lock it twice|stains orange from carrot mash|leaves bottles dripping wet|frays at the buckle|smells of mildew`),
    uses: words('for our newborn|for a grandchild|for the nursery|for daycare runs|for long train journeys|for weaning'),
    notes: words('the cover comes off for washing|it runs on mains or batteries|the age range is six to thirty six months|cup holders cost extra'),
  },
]
