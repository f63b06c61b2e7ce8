import type { MessageTemplate } from '../../src/scanner.js'

export const MESSAGES = {
  'provenance/no-columns': {
    title: 'No provenance columns',
    help: 'No column says where a row is from, under which licence, or what its digest is: a bad row cannot be traced.',
  },
  'provenance/column-gap': {
    title: 'Files without a provenance column that others have',
    help: 'Some files of the data set carry a source, address, licence, digest or id, and others do not: their rows cannot be traced.',
  },
  'provenance/missing-values': {
    title: 'Provenance missing in part',
    help: 'A source, address, licence, digest or id is given for most rows or some, and missing for the others.',
  },
  'provenance/duplicate-id': {
    title: 'One id, different contents',
    help: 'Rows share an id within a split but differ in content: one may have been replaced or slipped in.',
  },
  'provenance/ids-repeat': {
    title: 'The id column does not name rows',
    help: 'So many ids repeat that the column names groups of rows; duplicates of ids were not looked into.',
  },
  'provenance/conflicting-labels': {
    title: 'Equal texts with different labels',
    help: 'The same text, up to case and white space, is labelled in two ways: at least one is wrong.',
  },
  'provenance/dissenting-source': {
    title: 'One source labels texts otherwise than the others',
    help: 'Where sources have the same text, one of them contradicts the label of the others far more often than they each other.',
  },
  'provenance/license-unknown': {
    title: 'Licence that no list names',
    help: 'The licence of some rows is no SPDX identifier and no name that data cards use, or the column says that it is not known.',
  },
  'provenance/license-clash': {
    title: 'Licences that exclude each other',
    help: 'Rows under two share-alike licences, or under one and a non-commercial licence, cannot be merged into one work under both.',
  },
  'provenance/license-restricted': {
    title: 'Stricter licences beside permissive ones',
    help: 'Some rows forbid commercial use or changed copies, which the others allow.',
  },
  'provenance/mutable-address': {
    title: 'Addresses whose content can change',
    help: 'Rows point to content that is fixed by no commit, archive or digest: it can be replaced after it was looked at (split-view poisoning).',
  },
  'provenance/lone-host': {
    title: 'Hosts that give one row only',
    help: 'Nearly all rows come from hosts with several rows, these from a host of their own.',
  },
  'provenance/ids-skip': {
    title: 'Ids that skip',
    help: 'Ids count up but for some numbers: rows were taken out or never there.',
  },
  'provenance/burst': {
    title: 'Burst of rows with one label or source',
    help: 'One short time has far more rows than any other of that length, and most of them share a label or a source.',
  },
  'provenance/schema': {
    title: 'Files with different columns',
    help: 'Files of one data set differ in columns or types: they may not come from the same process.',
  },
  'provenance/digest-mismatch': {
    title: 'Digest does not match the row',
    help: 'The digest column is that of the content for most rows, but not for these: they were changed after they were hashed.',
  },
  'provenance/digest-unknown': {
    title: 'Digest column cannot be checked',
    help: 'The digests match no known form of the content, so that a changed row would not be seen.',
  },
  'provenance/file-digest': {
    title: 'File does not match its declared SHA-256',
    help: 'A sidecar declares a digest that the file does not have: it was changed or damaged after it was published.',
  },
  'provenance/undeclared-file': {
    title: 'File without a declared SHA-256 among files with one',
    help: 'A sidecar vouches for other files of the data set, but not for this one: it may have been added later.',
  },
} as const satisfies Record<string, MessageTemplate>

/** Said by src/fuse, which sees what all scanners found and what the readers noted, by src/declared of metadata beside the data, and by src/online. */
export const FUSED_MESSAGES = {
  'provenance/checksum': {
    title: 'File does not match its own checksums',
    help: 'A page of a Parquet file or the content of a .gz file is not what its checksum was made of: it was changed or damaged later.',
  },
  'provenance/split-view': {
    title: 'Address that gives other content than was recorded',
    help: 'What lies at the address of a row now does not have the digest that the row records (--online): split-view poisoning looks like this.',
  },
  'provenance/dead-host': {
    title: 'Host that has no address any more',
    help: 'The name of the host is not there (--online): whoever registers it decides what is fetched.',
  },
  'provenance/dead-address': {
    title: 'Address that gives nothing',
    help: 'The host does not answer, or answers that there is nothing (--online).',
  },
  'provenance/refused-address': {
    title: 'Address that must not be fetched from',
    help: 'The address, or one that it redirects to, leads into a private or special network or is none of the web (--online).',
  },
  'provenance/declared-digest': {
    title: 'File is not what its metadata declares',
    help: 'A Croissant document, data package or list of checksums beside the data declares a SHA-256 that the file does not have.',
  },
  'provenance/declared-form': {
    title: 'Declared digest is no SHA-256',
    help: 'What stands in the place of a SHA-256 in the metadata is none, so that a changed file would not be seen.',
  },
  'provenance/declared-size': {
    title: 'File has another size than declared',
    help: 'The metadata declares a size that the file does not have.',
  },
  'provenance/declared-rows': {
    title: 'Another number of rows than declared',
    help: 'The metadata declares another number of rows than were read, or two metadata files contradict each other about it.',
  },
  'provenance/declared-columns': {
    title: 'Columns differ from those declared',
    help: 'The metadata takes columns that the files do not have, or does not know columns that they have.',
  },
  'provenance/declared-license': {
    title: 'Declared licences contradict each other',
    help: 'Two metadata files declare different licences, or rows are under a stricter one than is declared for all.',
  },
  'provenance/declared-absent': {
    title: 'Declared file is not there',
    help: 'The metadata names a local file that is not on the disk.',
  },
  'provenance/unlisted-file': {
    title: 'File that the metadata does not know',
    help: 'The metadata gives digests of other files of the data set, but not of this one: it may have been added later.',
  },
  'provenance/metadata-unreadable': {
    title: 'Metadata cannot be read',
    help: 'A metadata file beside the data is broken or beyond the limits, so that what it declares was not checked.',
  },
  'provenance/metadata-invalid': {
    title: 'Mistakes in the metadata',
    help: 'A metadata file contradicts the rules of its format: a reference to nothing, a field without a source, a missing type.',
  },
  'provenance/metadata-gap': {
    title: 'Metadata leaves something open',
    help: 'There is metadata, and it gives no licence, no origin, no digests, or not what its format requires.',
  },
  'provenance/one-source': {
    title: 'One source holds most of a finding',
    help: 'Most rows of a poisoning finding come from one source, far more than its size explains: start there.',
  },
  'provenance/one-host': {
    title: 'One host holds most of a finding',
    help: 'Most rows of a poisoning finding were fetched from one host, far more than its size explains: start there.',
  },
  'provenance/one-span': {
    title: 'One span of time holds most of a finding',
    help: 'Most rows of a poisoning finding were made within a time that holds few of all rows: start there.',
  },
} as const satisfies Record<string, MessageTemplate>

export type MessageId = keyof typeof MESSAGES

/** What to do next, in one sentence. */
export const ADVICE: Readonly<Record<MessageId, string>> = {
  'provenance/no-columns': 'Keep at least a source and a licence for each row where you build the data set.',
  'provenance/column-gap': 'Find out where those files come from before you train on them.',
  'provenance/missing-values': 'Fill in the values, or leave those rows out.',
  'provenance/duplicate-id': 'Compare the rows that share an id with the original data and keep the right one.',
  'provenance/ids-repeat': 'Name the column that identifies rows with --id, if there is one.',
  'provenance/conflicting-labels': 'Decide on one label for each text, or leave those rows out.',
  'provenance/dissenting-source': 'Look at how that source was labelled, and leave its rows out until you know.',
  'provenance/license-unknown': 'Find out what those rows may be used for, and give an SPDX identifier.',
  'provenance/license-clash': 'Keep such rows in data sets of their own, or ask for other terms.',
  'provenance/license-restricted': 'Take those rows out, or keep the whole data set to their terms.',
  'provenance/mutable-address': 'Keep a digest of what was fetched for each row, and check it whenever you fetch again.',
  'provenance/lone-host': 'Look at those rows, and at who added them.',
  'provenance/ids-skip': 'Make sure that you know which rows were taken out, and by whom.',
  'provenance/burst': 'Find out what happened then, and look at those rows before you train on them.',
  'provenance/schema': 'Check that the files with other columns belong to this data set.',
  'provenance/digest-mismatch': 'Restore those rows from the original, or leave them out, and find out who changed them.',
  'provenance/digest-unknown': 'Give the digest of the text, in hexadecimal, or name another column with --hash.',
  'provenance/file-digest': 'Fetch the file again from where it was published, and do not train on this copy.',
  'provenance/undeclared-file': 'Find out who added the file before you train on it.',
}
