// Tables that a command writes into a page, between markers.
import { readFileSync, writeFileSync } from 'node:fs'
import prettier from 'prettier'

export function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/**
 * Puts each text between `<!-- NAME -->` and `<!-- /NAME -->` of the page; with `check` only says whether all stand there.
 * @param {Readonly<Record<string, string>>} parts by name
 */
export async function fillPage(path, parts, check) {
  const before = readFileSync(path, 'utf8')
  let page = before
  for (const [name, content] of Object.entries(parts)) page = between(path, page, name, content)
  page = await prettier.format(page, { ...(await prettier.resolveConfig(path)), parser: 'markdown' })
  if (!check) writeFileSync(path, page)
  return page === before
}

function between(path, text, name, content) {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(open), text.indexOf(close)]
  if (from < 0 || to < from) throw new Error(`${path} has no ${open} … ${close}`)
  return `${text.slice(0, from + open.length)}\n\n${content}\n\n${text.slice(to)}`
}
