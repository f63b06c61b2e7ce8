import type { ProductCategory } from './categories-home.js'
import { words } from './grammar.js'

export const LIFE_CATEGORIES: readonly ProductCategory[] = [
  {
    products: words('wireless headset|soundbar|turntable|bluetooth speaker|karaoke microphone|noise cancelling earbud set'),
    aspects: words('bass|treble|pairing|ear cushions|volume wheel|microphone|latency|remote|stylus|battery life'),
    good: words(`reproduces cellos so warmly I got goosebumps|pairs before I finish the sentence|silences the whole tram|lasts a return flight to Lisbon
      |fills the courtyard without distortion|makes dialogue easy to follow|tracks warped vinyl bravely|sits lightly over spectacles
      |picks up my voice in the wind|handles drum and bass with authority`),
    bad: words(`crackles in the left ear|drops the connection whenever I cross the street|hisses between songs|sounds like a radio in a biscuit tin
      |clamps my skull like a vice|skips at every footstep|muffles the vocals|buzzes next to the router|falls out while jogging|refuses to charge past half`),
    uses: words('for open plan office life|for choir rehearsals|for film nights|for old jazz records|for podcasts|for online lessons'),
    notes: words('the case is shaped like a pebble|it uses a standard cable|firmware arrives through the app|the lights can be dimmed'),
  },
  {
    products: words('gaming laptop|tablet|e-reader|mechanical keyboard|external hard drive|ultrawide monitor'),
    aspects: words('keycaps|screen|trackpad|fan|backlight|hinge|webcam|ports|speakers|refresh rate'),
    good: words(`boots faster than the kettle|renders my drone footage overnight|reads beautifully in bright sun|clacks with delicious precision
      |copies a whole wedding shoot in minutes|stays cool through long spreadsheets|shows colours my old panel hid|wakes instantly from sleep
      |juggles forty browser tabs|slips into a satchel`),
    bad: words(`freezes during video calls|throttles once it gets warm|ghosts letters from the previous page|double types every vowel|clicks ominously and vanishes from the desktop
      |flickers along the lower third|roars like a hairdryer|bleeds light from both corners|drains from full to empty in a lecture|reboots when nudged`),
    uses: words('for university coursework|for photo editing|for bedtime novels|for programming|to back up family albums|for remote accounting work'),
    notes: words('it ships with a trial of some antivirus|the power brick is bulky|the stand tilts but does not swivel|stickers cover the palm rest'),
  },
  {
    products: words('trail shoe|hiking boot|rain jacket|merino sweater|denim skirt|leather belt|wool coat'),
    aspects: words('sole|lining|zipper|hem|collar|lacing|cuffs|cut|buckle|colour'),
    good: words(`grips wet granite like a gecko|fits true to size at last|shrugs off Scottish drizzle|drapes flatteringly over the hips|needed no breaking in
      |keeps its colour wash after wash|smells fresh after three days of walking|gets compliments from strangers|breathes on steep climbs|wears in beautifully`),
    bad: words(`rubbed my heels bloody|shrank to doll size|soaks through in a sprinkle|lost its dye onto my shirt|runs two sizes small|split at the toe cap
      |itches worse than nettles|came unstitched at the pocket|stretches out by lunchtime|has one sleeve longer than the other`),
    uses: words('for hill walking|for interviews|for dog walks in February|for a festival|for commuting by bicycle|for my nephew'),
    notes: words('the sizing chart is in centimetres|the model online is very tall|it has a hidden inner pocket|the buttons are horn effect'),
  },
  {
    products: words('face serum|electric shaver|hair straightener|sunscreen lotion|beard trimmer|hand cream'),
    aspects: words('scent|texture|pump|heat plates|foil|absorption|guard|tube|consistency|packaging'),
    good: words(`calmed my rosacea within a fortnight|sinks in without any greasy shine|glides over stubble painlessly|tames frizz through monsoon humidity
      |never stings my eyes|smooths cracked knuckles overnight|smells faintly of cucumber|leaves no white cast on dark skin|lasts ages from a pea sized drop
      |trims neatly around the ears`),
    bad: words(`brought me out in hives|tugs hairs out by the root|singed my fringe|balls up under makeup|smells like floor polish|left orange streaks on my collar
      |burns my cheeks|separates into oil and grit|nicks my neck every morning|clogs pores by evening`),
    uses: words('for sensitive skin|for eczema|for a beach holiday|for wedding hair|for gardening hands|for travelling light'),
    notes: words('the bottle is recycled glass|it is fragrance free on paper|the travel lock is a small slider|it holds fifty millilitres'),
  },
  {
    products: words('folding bicycle|yoga mat|kettlebell|rowing machine|climbing harness|tennis racket|swimming goggle set'),
    aspects: words('frame|saddle|grip tape|seal|seat rail|gear shifter|resistance|brakes|cushioning|strings'),
    good: words(`folds small enough for the luggage rack|grips even with sweaty palms|rows as smoothly as a lake at dawn|stays sealed through flip turns
      |shifts crisply on steep lanes|cushions my dodgy knees|hugs the waist without digging in|gives lovely topspin|took ten minutes off my commute|never slips on parquet`),
    bad: words(`slides around during downward dog|squeals under braking|fogs up within two lengths|snapped a string in the warm up|rusts from a splash of sweat
      |chafes through leggings|rattles loose on gravel|sticks at the hardest setting|peels its coating onto my hands|bent its frame on a kerb`),
    uses: words('for physiotherapy|for marathon training|for the indoor wall|for my lunchtime swim|for the garage gym|for station to office hops'),
    notes: words('the pump is not in the box|it stores upright|the tension is set with a knob|the maximum load is a hundred and ten kilos'),
  },
  {
    products: words('two person tent|camping stove|inflatable kayak|sleeping bag|trekking pole|cooler box|headlamp'),
    aspects: words('poles|groundsheet|valve|burner|drawcord|insulation|beam|pegs|paddle|tip'),
    good: words(`pitched in four minutes in a gale|boils a litre before the tent is up|kept ice for three days in August|tracks straight across the estuary
      |kept me toasty at minus five|packs down to a loaf of bread|lights the trail like noon|shed a thunderstorm without a drip|saved my knees on scree
      |floats happily with two adults and a spaniel`),
    bad: words(`leaked through the roof seam at midnight|gutters out in the faintest wind|hissed flat in the middle of the lake|let every midge inside
      |froze me at plus eight|buckled on an easy path|melts ice by teatime|blinks off on rough ground|ripped at the doorway|sheds down like a moulting goose`),
    uses: words('for the West Highland Way|for scouting weekends|for a canoe trip|for stargazing|for fishing at dusk|for a desert road trip'),
    notes: words('the stuff sack is tight|the pegs are bright yellow|gas is not supplied|a repair patch hides in the pocket'),
  },
  {
    products: words('dog harness|cat fountain|aquarium heater|bird feeder|scratching post|puppy crate'),
    aspects: words('buckles|pump|thermostat|perch|sisal rope|latch|padding|reflective trim|bowl|suction cup'),
    good: words(`stopped our beagle from pulling|trickles so gently that the kittens adore it|keeps the tetras at a steady twenty five|draws goldfinches all morning
      |saved the sofa from claws|calmed the puppy by the second night|adjusts to a barrel chested bulldog|comes apart for scrubbing|outwits the squirrels|survives daily zoomies`),
    bad: words(`rubbed the fur off her armpits|gurgles all night long|cooked two innocent guppies|emptied itself onto the lawn|toppled onto the kitten
      |unlatches with one good shove|frightens the poor cat|grew slime within days|unravelled in an afternoon|was chewed apart by lunchtime`),
    uses: words('for a rescue greyhound|for our elderly tabby|for a nano tank|for the bird table|for vet visits|for a teething labrador'),
    notes: words('treats were thrown in as a sample|the plug is two pin|it comes in small, medium and giant|the seed tray unscrews'),
  },
  {
    products: words('board game|jigsaw puzzle|watercolour kit|knitting set|model railway|acoustic guitar|chess computer'),
    aspects: words('rulebook|pieces|pigments|needles|artwork|fretboard|locomotive|difficulty|storage tray|tuning pegs'),
    good: words(`had three generations laughing till bedtime|clicks together with crisp edges|blends into luminous skies|taught me cables in one evening
      |sings with a mellow tone|runs quietly around the skirting|beats me politely at level four|replays differently each round|holds its tuning through rehearsals|kept the kids off screens all holiday`),
    bad: words(`was missing a corner piece|buzzes on the third fret|takes an hour to explain and ten minutes to lose|derails on each bend|fades to mud when it dries
      |snags the yarn on every row|slips out of tune mid song|crashes during the endgame|bores everybody over seven|came with dice that roll only ones`),
    uses: words('for rainy half terms|for my retirement|for game night|for a beginner|for the care home|for a ten year old'),
    notes: words('the box insert is plain card|it seats two to six players|spare strings are included|the booklet covers four languages'),
  },
]
