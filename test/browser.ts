/** Debian's Chromium, driven by playwright-core: for tests of pages. Nothing is downloaded. */
import { existsSync } from 'node:fs'
import { chromium, type Browser } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']

/** Why tests of pages skip themselves where {@link openBrowser} gives null. */
export const NO_BROWSER = 'skipped: no chromium (apt-get install chromium, or CREDENCE_CHROMIUM=FILE)'

/** A new browser, to be closed by the caller; null on a machine without one. */
export async function openBrowser(): Promise<Browser | null> {
  const named = process.env['CREDENCE_CHROMIUM']
  const executablePath = named ?? PLACES.find((place) => existsSync(place))
  if (executablePath === undefined) return null
  // Chromium's own sandbox does not start as root, which containers of CI services are.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 })
}
