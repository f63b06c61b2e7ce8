/**
 * What a text could hold at all: most texts stop here. Each look is one scan by a pattern that begins with a rare character,
 * which costs less than a loop over the units.
 */

export const DIGIT = /\d/
/** Six digits with at most three other characters between two: a number longer than a year that is no amount. */
export const NUMBER = /\d(?:[ ./()A-Za-z+\u00a0-]{0,3}\d){5}/
/** In a run of 17 or more of what keys are written in, any digit has eight of them on one side. */
export const LONG_RUN = /\d(?:[\w+/=-]{8}|(?<=[\w+/=-]{8}\d))/
/** Prefixes of keys so short that they often have no digit. */
export const SHORT_KEY = /AKIA|_live_|glpat-/
export const DOTTED = /\d\.\d{1,3}\.\d/
export const GROUPED_HEX = /[\da-f]:(?::|[\da-f]{1,4}:{1,2}[\da-f]{1,4}:)/i
/** Five digits, or the end of a British or Dutch postcode. */
export const POSTCODE = /\d{5}|\d ?[A-Z]{2}/
/** What BIP 39 phrases stand behind. */
export const PHRASE = /nemonic|hrase/
/** What passwords and keys are called, in the cases that people write them in. */
export const NAMED = /ass(?:w|ph|co)|ASSW|pwd|PWD|contrase|de passe|ecret|SECRET|oken|TOKEN|[Kk]ey|KEY/
/** A value with a digit behind a sign or `is`. */
export const ASSIGNS = /[:=]>?\s{0,4}\S{0,40}\d|is \S{0,40}\d/
