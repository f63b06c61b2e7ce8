// The pictures of a report.html as files of their own, for the documentation:
//   node tools/pictures.mjs report/report.html docs/pictures
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const [report, folder] = process.argv.slice(2)
if (report === undefined || folder === undefined) {
  console.error('usage: node tools/pictures.mjs REPORT.html FOLDER')
  process.exit(2)
}
const page = readFileSync(report, 'utf8')
const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? []
// Colours of light and dark, and what concerns plots; the page's own rules mean nothing here.
const colours = style.match(/:root \{[^}]*\}/g)?.slice(0, 2) ?? []
const rules = style.split('\n').filter((line) => /^\.(plot|glyph|s1)\b/.test(line))
const sheet = `${colours[0]}\n@media (prefers-color-scheme: dark) { ${colours[1]} }\n${rules.join('\n')}`
mkdirSync(folder, { recursive: true })
const figures = [
  ...page.matchAll(/<figure id="([\w-]+)">[\s\S]*?<svg class="plot" viewBox="0 0 (\d+) (\d+)"([^>]*)>([\s\S]*?)<\/svg\s*>/g),
]
if (figures.length === 0 || colours.length < 2) throw new Error(`${report} holds no pictures`)
for (const [, id, width, height, more, drawing] of figures) {
  const box = `viewBox="-12 -12 ${Number(width) + 24} ${Number(height) + 24}" width="${Number(width) + 24}" height="${Number(height) + 24}"`
  const paper = `<rect x="-12" y="-12" width="${Number(width) + 24}" height="${Number(height) + 24}" fill="var(--card)" />`
  const text = `<svg xmlns="http://www.w3.org/2000/svg" class="plot" ${box}${more}>\n<style>\n${sheet}\n</style>\n${paper}${drawing.trim()}\n</svg>\n`
  writeFileSync(join(folder, `${id}.svg`), text)
  console.log(join(folder, `${id}.svg`), text.length)
}
