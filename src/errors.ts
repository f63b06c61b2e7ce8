/** What went wrong, as a word a program can branch on. `docs/errors.md` is the reader's list. */
export type ErrorCode =
  | 'usage' // the command line or configuration is wrong
  | 'not-found' // a path names nothing
  | 'no-rows' // the data set is empty
  | 'format' // the bytes are not what the format promises
  | 'integrity' // the bytes are not those that a checksum beside them was made of
  | 'changed' // a file is no longer the one that it was when work began
  | 'unsupported' // valid, but not read by this version (encryption, a codec, a type)
  | 'roles' // columns cannot be told apart
  | 'limit' // a bound was hit
  | 'device' // a named accelerator is not there
  | 'model' // an encoder folder is wrong or its digest differs
  | 'worker' // a child process died or did not answer
  | 'io' // the operating system refused
  | 'internal' // a defect of ours

/** Where in the data an error lies. Rows are 0-based and physical. */
export interface ErrorPlace {
  readonly file?: string
  readonly rowGroup?: number
  readonly line?: number
  readonly row?: number
  readonly column?: string
}

export interface ErrorDetails {
  readonly suggestions?: readonly string[]
  readonly place?: ErrorPlace
  readonly cause?: unknown
}

/** The one error type that leaves `src`. The message says actual, expected and where. */
export class CredenceError extends Error {
  readonly code: ErrorCode
  readonly suggestions: readonly string[]
  readonly place: ErrorPlace

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = 'CredenceError'
    this.code = code
    this.suggestions = details.suggestions ?? []
    this.place = details.place ?? {}
  }
}

const FATAL: ReadonlySet<ErrorCode> = new Set(['usage', 'device', 'model'])

/** Of an error that would be the same for every shard, on every machine: without its encoder a scan is not the one that was asked for. */
export function isFatal(error: unknown): boolean {
  return error instanceof CredenceError && FATAL.has(error.code)
}

/** A plain-object form that survives process boundaries and reports. */
export interface ErrorRecord {
  readonly code: ErrorCode
  readonly message: string
  readonly suggestions: readonly string[]
  readonly place: ErrorPlace
}

/** Anything thrown, as a record. What is not ours becomes `internal`. */
export function toErrorRecord(error: unknown): ErrorRecord {
  if (error instanceof CredenceError) {
    return { code: error.code, message: error.message, suggestions: error.suggestions, place: error.place }
  }
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  return { code: 'internal', message, suggestions: [], place: {} }
}

/** The inverse of {@link toErrorRecord}. */
export function fromErrorRecord(record: ErrorRecord): CredenceError {
  return new CredenceError(record.code, record.message, { suggestions: record.suggestions, place: record.place })
}

/** Anything thrown, as a `CredenceError`; what is already one passes through. */
export function asCredenceError(error: unknown, code: ErrorCode, place: ErrorPlace = {}): CredenceError {
  if (error instanceof CredenceError) return error
  return new CredenceError(code, error instanceof Error ? error.message : String(error), { place, cause: error })
}
