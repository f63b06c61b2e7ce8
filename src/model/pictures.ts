/** What the pictures of a report are drawn from, beside its findings: samples and counts of bounded size. Plain data. */

/** A picture that cannot be drawn. */
export interface Missing {
  readonly missing: string
}

/** From 0 to 255. */
export type Point = readonly [x: number, y: number]

export interface Pictures {
  readonly map: MapPicture | Missing
  readonly classes: ClassPicture | Missing
  readonly words: WordPicture | Missing
  readonly sources: SourcePicture | Missing
}

/** Rows by content, on the two directions in which their embeddings differ most. */
export interface MapPicture {
  /** Share of the variance along each direction. */
  readonly variance: readonly [number, number]
  /** A uniform sample. */
  readonly rows: readonly Point[]
  readonly of: number
  /** Rows that findings name, each with the first that does; findings without any are absent. */
  readonly flagged: readonly {
    readonly finding: string
    readonly points: readonly Point[]
    /** Of these, so many have a place; more where not every row of a large data set was placed. */
    readonly rows: number
  }[]
}

/**
 * How well the content of rows fits their label. A row's position is +1 at the mean of its own label's rows and −1 at that of
 * all others, along the linear discriminant between them.
 */
export interface ClassPicture {
  /** Of bins of equal width, in units of the position; what lies outside is counted in the outermost. */
  readonly from: number
  readonly to: number
  /** Most rows first. */
  readonly classes: readonly {
    readonly label: string
    readonly rows: number
    readonly flagged: number
    /** Rows by bin. */
    readonly bins: readonly number[]
    /** Flagged rows by bin. */
    readonly flaggedBins: readonly number[]
  }[]
  /** Classes that are not among these. */
  readonly others: number
  /** Flagged rows and bins are of one row in so many; of all where it is 1. */
  readonly oneIn: number
}

/** Words of the data: how many rows hold each, and how many of them have the label that comes with it most often. */
export interface WordPicture {
  readonly words: readonly { readonly rows: number; readonly share: number }[]
  /** Words with as many rows as those; more where only a sample of the words is counted or shown. */
  readonly of: number
  /** Fewer rows than this and a word is left out. */
  readonly leastRows: number
}

export interface SourceCount {
  readonly name: string
  readonly rows: number
  readonly flagged: number
}

export interface SourcePicture {
  /** What is counted: the column of sources, or the hosts of addresses. */
  readonly by: 'source' | 'host'
  /** Most rows first. */
  readonly sources: readonly SourceCount[]
  /** All others together. */
  readonly others: { readonly sources: number; readonly rows: number; readonly flagged: number }
  /** Flagged rows are counted among one row in so many; among all where it is 1. */
  readonly oneIn: number
}
