/** What the page is made of: constants and the compiled scripts beside this file. Nothing of the data is in it. */
import { readFile } from 'node:fs/promises'
import { pageHtml } from './page-html.js'
import { pageStyle } from './page-style.js'

export interface Asset {
  readonly type: string
  readonly content: string
}

const SCRIPTS = ['main', 'dom', 'findings', 'focus', 'keys', 'row', 'rows', 'server', 'state', 'verdicts'] as const

const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path d="M8 4h16l-2 12a6 6 0 0 1-12 0z" fill="#2a6f77"/>' +
  '<path d="M14 21h4v5h5v3H9v-3h5z" fill="#2a6f77"/></svg>'

/** By path below the token. */
export async function assetsOf(): Promise<ReadonlyMap<string, Asset>> {
  const scripts = await Promise.all(
    SCRIPTS.map(async (name): Promise<[string, Asset]> => {
      const content = await readFile(new URL(`./page/${name}.js`, import.meta.url), 'utf8')
      return [
        `${name}.js`,
        { type: 'text/javascript; charset=utf-8', content: content.replace(/\n\/\/# sourceMappingURL=.*\n?$/, '\n') },
      ]
    }),
  )
  return new Map<string, Asset>([
    ['', { type: 'text/html; charset=utf-8', content: pageHtml(SCRIPTS) }],
    ['style.css', { type: 'text/css; charset=utf-8', content: pageStyle }],
    ['icon.svg', { type: 'image/svg+xml', content: ICON }],
    ...scripts,
  ])
}
