import type { MessageTemplate } from '../../src/scanner.js'
import type { Kind } from './kinds.js'

export const MESSAGES: Readonly<Record<`privacy/${Kind}`, MessageTemplate>> = {
  'privacy/private-key': {
    title: 'Private keys',
    help: 'Whoever gets the model to repeat a private key can sign, decrypt or spend as its owner.',
  },
  'privacy/credential': {
    title: 'Keys and tokens of services',
    help: 'Whole keys in the forms that vendors give out, random throughout and no sample: they may still open something.',
  },
  'privacy/password': {
    title: 'Passwords in clear',
    help: 'A value that looks like a password stands behind a name that says so.',
  },
  'privacy/card': {
    title: 'Payment card numbers',
    help: "Numbers of a card network's range with a valid check digit that are none of the published test numbers.",
  },
  'privacy/iban': {
    title: 'Bank account numbers',
    help: 'IBANs of the right length with valid check digits that are none of the published examples.',
  },
  'privacy/national-id': {
    title: 'National identity numbers',
    help: 'Numbers in the form of an identity or tax number, with valid check digits where there are any, beside a word that says so or in a form of their own.',
  },
  'privacy/email': {
    title: 'E-mail addresses',
    help: 'Addresses of people or offices, which a model can learn by heart.',
  },
  'privacy/phone': {
    title: 'Telephone numbers',
    help: 'Valid numbers in international form, or in a national one beside a word that says so.',
  },
  'privacy/ip-address': {
    title: 'Public IP addresses',
    help: 'Addresses of the public Internet, which can point to a person or a machine.',
  },
  'privacy/postal-address': {
    title: 'Postal addresses',
    help: 'A street with a number and a postcode: a place where somebody lives or works.',
  },
  'privacy/canary': {
    title: 'Random sequences in a fixed sentence',
    help: 'The same sentence ends in a random sequence in rows that are otherwise different, as canaries do that measure what a model memorises.',
  },
  'privacy/repeated-token': {
    title: 'Random tokens in several rows',
    help: 'A token that chance would not draw twice stands in rows that are otherwise different: a model learns such strings by heart.',
  },
}
