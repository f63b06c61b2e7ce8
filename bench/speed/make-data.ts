/** Writes the timed data sets afresh: `node dist/bench/speed/make-data.js [ROWS…]`. */
import { dataPath, describeData, SIZES, writeData } from './data.js'

const given = process.argv.slice(2).map(Number)
if (given.some((rows) => !Number.isInteger(rows) || rows <= 0)) throw new Error('make-data: give whole numbers of rows')
for (const rows of given.length > 0 ? given : Object.values(SIZES)) {
  console.error(describeData(await writeData(rows, dataPath(rows))))
}
