/** In (file, row) order, each row once. */
export function unique<T extends { readonly file: number; readonly row: number }>(rows: readonly T[]): T[] {
  return [...rows]
    .sort((a, b) => a.file - b.file || a.row - b.row)
    .filter(({ file, row }, i, all) => i === 0 || file !== all[i - 1]!.file || row !== all[i - 1]!.row)
}
