/** Versions such as `1`, `0.2.0` or `1.0.0-rc.1`, in the order of Semantic Versioning as far as that is without doubt. */

/** @returns negative where `a` is earlier; null where one is no version, or it cannot be said */
export function compareVersions(a: string, b: string): number | null {
  const [x, y] = [parsed(a), parsed(b)]
  if (x === null || y === null) return null
  for (let i = 0; i < Math.max(x.numbers.length, y.numbers.length); i++) {
    const difference = (x.numbers[i] ?? 0) - (y.numbers[i] ?? 0)
    if (difference !== 0) return difference
  }
  if (x.before === y.before) return 0
  // A pre-release comes before its release; of two nobody asks often enough to sort them.
  if (x.before === '') return 1
  return y.before === '' ? -1 : null
}

function parsed(version: string): { numbers: number[]; before: string } | null {
  const match = /^(\d{1,9}(?:\.\d{1,9}){0,3})(?:-([0-9A-Za-z.-]{1,100}))?(?:\+[0-9A-Za-z.-]{1,100})?$/.exec(version)
  if (match === null) return null
  return { numbers: match[1]!.split('.').map(Number), before: match[2] ?? '' }
}
