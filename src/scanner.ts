import type { z } from 'zod'
import type { CrossEvidence } from './model/cross-evidence.js'
import type { Category, Finding } from './model/finding.js'
import type { DataKind, Role } from './model/role.js'
import type { Embedding, RowBatch } from './model/row-batch.js'

/** What a pass may ask of the engine beyond the cells. `embedding` opens the encoder; `digest` reads all columns; what is not asked for is not loaded. */
export type Need = Role | 'input' | 'output' | 'embedding' | 'digest'

/** The data set as a pass may know it. Plain data, the same in every process. */
export interface DataSetInfo {
  readonly kind: DataKind
  /** Roles that the data set has. */
  readonly roles: readonly Role[]
  /** Rows that planning counted, for choosing sample rates; null where a format does not say. */
  readonly rows: number | null
  readonly files: readonly {
    readonly path: string
    readonly split: string | null
    /** Column names and types in file order. */
    readonly columns: readonly { readonly name: string; readonly type: string }[]
    /** Hex SHA-256 that a sidecar (`NAME.sha256`, `SHA256SUMS`) declares, and that of the bytes; null where there is none. */
    readonly declaredSha256: string | null
    readonly actualSha256: string | null
  }[]
}

export interface PassContext {
  readonly data: DataSetInfo
  readonly seed: number
  /** Probability of any false alarm of this scanner on a clean data set. */
  readonly alpha: number
  /** Dimensions of the encoder's vectors; 0 when no pass needs it. */
  readonly embeddingDim: number
}

/** Text to embed for a pass: by default the batch's input, one text an example. */
export interface EmbeddingRequest {
  /** Index into the batch of each text; may repeat or leave examples out. */
  readonly index: Int32Array
  readonly texts: readonly string[]
}

/**
 * One trip over the data by a mergeable reducer. State is bounded and merges in any order, so that shards, processes
 * and machines do not change the result. State must survive structured clone: plain objects, arrays, maps, typed arrays.
 * Sums of floats depend on order; sum integers (fixed-point), or keep the smallest k by hash.
 */
export interface Pass<In, State, Out> {
  readonly needs: readonly Need[]
  /** The identity of merge. */
  init(input: In, context: PassContext): State
  /** Which texts to embed, where not simply every input; null for every input of this batch, which all passes share. */
  request?(input: In, batch: RowBatch, context: PassContext): EmbeddingRequest | null
  /**
   * Touches state only.
   * @param embedding vectors of the requested texts, in order; null unless `needs` has `embedding`
   */
  observe(state: State, batch: RowBatch, embedding: Embedding | null, input: In, context: PassContext): void
  /** Associative and commutative; changes and may keep `into`, must not keep references into `from` that it later changes. */
  merge(into: State, from: State): State
  /** Deterministic. The next pass's input; of the last pass, the scanner's result. */
  finish(state: State, input: In, context: PassContext): Out
}

/** What a scanner's last pass ends in. */
export interface ScanResult {
  readonly findings: readonly Finding[]
  /** What could be seen at best, for the receipt. */
  readonly limits: Readonly<Record<string, number | string>>
  /** Why the rows, once seen, gave nothing to look for: the receipt then says skipped. */
  readonly skipped?: string
  /** What a survey comes to (src/survey): passes of the program's own, which make no findings. */
  readonly value?: unknown
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a pass's types are private to its scanner; the engine only carries them
export type AnyPass = Pass<any, any, any>

export interface MessageTemplate {
  readonly title: string
  readonly help: string
}

/** How a number is written: rows, a share in [0, 1], the log10 of a probability, a number whose sign matters, bits. */
export type EvidenceUnit = 'rows' | 'share' | 'log10' | 'signed' | 'bits'

/** What a number or a word of a finding's evidence is, for people. */
export interface EvidenceNote {
  /** What it counts or measures, in a few words. */
  readonly meaning: string
  /** As it is where there is none. */
  readonly unit?: EvidenceUnit
  /** Which side of what decides, and what that says; a function where it depends on the finding's other evidence. */
  readonly decides?: string | ((evidence: Finding['evidence']) => string)
}

export interface ScannerDefinition<Options extends z.ZodType = z.ZodType> {
  /** Folder name. */
  readonly id: string
  readonly title: string
  readonly description: string
  readonly version: string
  readonly category: Category
  readonly options: Options
  /** Message ids of its findings, each with a short title and help for report rules. */
  readonly messages: Readonly<Record<string, MessageTemplate>>
  /**
   * Each row of a finding is a case of its own, such as a key or a hidden instruction: one more is news, however many there
   * were before. Otherwise rows are evidence of one claim together.
   */
  readonly eachRow?: boolean
  /**
   * What it finds has to be a share of the rows, so that a few among very many escape it: `credence diff` has it look at a
   * contribution alone as well.
   */
  readonly dilutes?: boolean
  /** What its findings say beside others about the same rows; absent where they make no other stronger and explain none. */
  readonly crossEvidence?: CrossEvidence
  /** What the evidence of its findings is, by key: for `credence explain`. */
  readonly evidence?: Readonly<Record<string, EvidenceNote>>
  /** Of what decides its findings beside version and options: the content of files that options name. */
  identity?(options: z.output<Options>): string
  /** Null when it can run on this data set, else the reason why not. */
  skip(data: DataSetInfo): string | null
  /** The passes for this data set, first to last. The first one's input is null. */
  passes(options: z.output<Options>, data: DataSetInfo): readonly AnyPass[]
}

/** Declares a scanner; the identity function, for its types. */
export function defineScanner<Options extends z.ZodType>(definition: ScannerDefinition<Options>): ScannerDefinition<Options> {
  return definition
}
