import type { Role } from '../model/role.js'

/** Roles that decide what the examples are; the others describe rows. */
export const MAIN_ROLES = ['text', 'label', 'prompt', 'response', 'chosen', 'rejected'] as const satisfies readonly Role[]
export type MainRole = (typeof MAIN_ROLES)[number]

/**
 * Column names by main role, in tiers: a name of an earlier tier wins, two of the same tier are ambiguous.
 * Names are compared without case and punctuation, so `review_text` and `reviewText` are `reviewtext`.
 */
export const MAIN_NAMES: Readonly<Record<MainRole, readonly (readonly string[])[]>> = {
  text: [
    ['text'],
    [
      'sentence',
      'content',
      'document',
      'review',
      'body',
      'comment',
      'article',
      'passage',
      'tweet',
      'post',
      'message',
      'email',
      'sms',
      'utterance',
      'statement',
    ],
    [
      'reviewtext',
      'reviewbody',
      'rawcontent',
      'pagecontent',
      'cleantext',
      'fulltext',
      'rawtext',
      'inputtext',
      'commenttext',
      'text1',
      'abstract',
      'code',
    ],
    ['title', 'headline', 'question', 'query', 'input', 'inputs', 'prompt'],
  ],
  label: [
    ['label'],
    ['labels', 'class', 'category', 'target', 'sentiment'],
    [
      'intent',
      'labelid',
      'labelidx',
      'classlabel',
      'classid',
      'gold',
      'goldlabel',
      'emotion',
      'topic',
      'stars',
      'rating',
      'starrating',
      'y',
      'coarselabel',
    ],
  ],
  prompt: [
    ['prompt'],
    ['instruction'],
    ['question', 'query', 'input', 'problem', 'request'],
    ['inputs', 'instructions', 'userprompt', 'userinput', 'usermessage', 'human', 'prompts'],
  ],
  response: [
    ['response'],
    ['output', 'completion', 'answer'],
    [
      'reply',
      'solution',
      'answers',
      'target',
      'targets',
      'outputs',
      'completions',
      'responses',
      'assistant',
      'generation',
      'assistantresponse',
      'modelresponse',
    ],
  ],
  chosen: [['chosen'], ['preferred', 'chosenresponse', 'responsechosen', 'accepted', 'winner']],
  rejected: [['rejected'], ['dispreferred', 'rejectedresponse', 'responserejected', 'nonpreferred', 'loser']],
}

/** Column names of roles that describe rows, best first. */
export const ROW_NAMES: Readonly<Record<Exclude<Role, MainRole>, readonly string[]>> = {
  source: [
    'source',
    'origin',
    'dataset',
    'datasource',
    'sourcedataset',
    'datasetname',
    'contributor',
    'author',
    'user',
    'username',
    'provider',
    'submitter',
    'annotator',
  ],
  url: ['url', 'link', 'uri', 'href', 'sourceurl', 'pageurl'],
  timestamp: [
    'timestamp',
    'date',
    'createdat',
    'created',
    'datetime',
    'time',
    'publishedat',
    'published',
    'updatedat',
    'createdutc',
    'createdtime',
    'creationdate',
    'creationtime',
    'publicationdate',
    'publisheddate',
    'publishdate',
    'postedat',
    'submittedat',
    'collectedat',
    'retrievedat',
    'fetchedat',
    'crawledat',
    'scrapedat',
    'unixtime',
    'epoch',
  ],
  license: ['license', 'licence', 'licenses'],
  hash: ['hash', 'sha256', 'sha1', 'md5', 'checksum', 'digest', 'contenthash', 'texthash'],
  id: ['id', 'uuid', 'idx', 'index', 'guid', 'rowid', 'exampleid', 'uid', 'indexlevel0'],
  split: ['split', 'fold', 'partition'],
}

/** Columns that, named beside `instruction`, hold more of the prompt. */
export const PROMPT_PARTS = ['input', 'context']

/** Names of columns of chats. */
export const CHAT_NAMES = ['messages', 'conversations', 'conversation', 'chat', 'dialogue', 'dialog', 'turns']

/** A column's name without case and punctuation. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
}
