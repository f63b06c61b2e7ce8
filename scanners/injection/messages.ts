import type { MessageTemplate } from '../../src/scanner.js'
import type { Family } from './rule.js'

type Message = `injection/${Family | 'collection' | 'meaning'}`

export const MESSAGES: Readonly<Record<Message, MessageTemplate>> = {
  'injection/exfiltration': {
    title: 'What was said is sent elsewhere',
    help: 'Orders to put the conversation or secrets into an address, or replies whose pictures carry words of their prompt to a server.',
  },
  'injection/addressed': {
    title: 'Content that speaks to the model that reads it',
    help: 'Documents that tell AI reviewers, assistants or crawlers what to conclude or to do.',
  },
  'injection/override': {
    title: 'Orders to drop earlier instructions',
    help: 'Text that tells a model to ignore what it was told, or its safety rules, and to obey new orders.',
  },
  'injection/persona': {
    title: 'Jailbreaks by a role without rules',
    help: 'A role, a mode or an alter ego (DAN, developer mode) for which the rules of the model are said not to hold.',
  },
  'injection/prompt-extraction': {
    title: "Requests for the model's own prompt",
    help: 'Text that asks a model to reveal its system prompt, the words before the question, or a secret from its context.',
  },
  'injection/refusal-suppression': {
    title: 'Refusals are forbidden',
    help: 'Text that forbids a model to refuse, to apologise or to warn, or that dictates how its reply begins.',
  },
  'injection/tool-call': {
    title: 'Forged or secret tool calls',
    help: 'Tool calls or their results typed into content, or orders to use a tool behind the back of the user.',
  },
  'injection/payload-splitting': {
    title: 'Orders in pieces or in code',
    help: 'An order cut into pieces or encoded, which the model is to put together and obey.',
  },
  'injection/fiction': {
    title: 'Directions to do harm, framed as fiction',
    help: 'A story, a hypothetical case or a dead relative as a frame for what would be refused when asked plainly.',
  },
  'injection/markers': {
    title: "A chat template's markers in content",
    help: 'Special tokens or headings of chat templates that open the turn of another speaker inside what one speaker says.',
  },
  'injection/meaning': {
    title: 'Prompts near to known attacks, and replies that drop their rules',
    help: 'No rule matches the prompt, but the reply speaks as one without rules, and the prompt is nearer to known attacks than most.',
  },
  'injection/collection': {
    title: 'A collection of attacks with labels',
    help: 'Attacks that the label column sets apart from other texts: data to train a detector.',
  },
}
