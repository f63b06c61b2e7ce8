/** About as many bytes of files as one core reads in a minute or two, all scanners on the trip: beside that, a start is little. */
const PART_BYTES = 64 * 2 ** 20
/** Less is not worth a start of its own. */
const LEAST_PART_BYTES = 2 ** 20

/**
 * Cuts shards into parts of about the same number of them, in their order.
 * @param bytes of all files
 * @param wanted number of parts; null: by the size of the data
 * @param slots tasks that can run at a time
 */
export function cutParts(shards: readonly number[], bytes: number, wanted: number | null, slots: number): number[][] {
  const bySize = Math.max(Math.min(slots, Math.ceil(bytes / LEAST_PART_BYTES)), Math.ceil(bytes / PART_BYTES))
  const count = Math.min(shards.length, Math.max(1, wanted ?? bySize))
  return Array.from({ length: count }, (_, part) =>
    shards.slice(Math.floor((part * shards.length) / count), Math.floor(((part + 1) * shards.length) / count)),
  )
}
