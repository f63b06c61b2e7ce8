import type { Kind } from './characters.js'

/** One place of a text where something is hidden. */
export interface Hidden {
  readonly kind: Kind
  /** The character that hides, or 0. */
  readonly code: number
  /** Half-open range of UTF-16 units. */
  readonly start: number
  readonly end: number
  /** Whether there is hardly an innocent reason for it where it stands. */
  readonly grave: boolean
  /** What it says once brought to light; empty where it says nothing by itself. */
  readonly says: string
  /** Belongs to its script or picture: no finding. */
  readonly ordinary?: boolean
}
