/** What a person is at outlives that the page is drawn again. */

const REGIONS = ['finding-list', 'finding', 'row-list', 'row'] as const
const FOCUSABLE = 'button, input'

/** Draws, and gives the focus, and what was typed, back to the element in the same place. @param key of what is drawn */
export function keepingFocus(draw: () => void, key: () => string): void {
  const before = key()
  const { activeElement: active } = document
  const region = REGIONS.find((id) => document.getElementById(id)?.contains(active) === true)
  const place = region === undefined ? -1 : elementsOf(region).findIndex((element) => element === active)
  const typed = active instanceof HTMLInputElement ? active.value : null
  draw()
  if (region === undefined || place < 0 || key() !== before) return
  const again = elementsOf(region)[place]
  if (typed !== null && again instanceof HTMLInputElement) again.value = typed
  again?.focus({ preventScroll: true })
}

function elementsOf(region: string): HTMLElement[] {
  return [...(document.getElementById(region)?.querySelectorAll<HTMLElement>(FOCUSABLE) ?? [])]
}
