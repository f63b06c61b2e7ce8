/** The one way in which the page makes elements. Text reaches the document as text nodes alone. */
import type { Piece } from '../api.js'

type Tag = keyof HTMLElementTagNameMap
type Child = Node | string | number | null | readonly Child[]

/** What an element may be given: constants of this page, or numbers; never text of the data, but for labels. */
interface Attributes {
  readonly class?: string
  readonly id?: string
  readonly type?: 'button' | 'text'
  readonly title?: string
  readonly for?: string
  readonly maxlength?: number
  readonly tabindex?: 0 | -1
  readonly 'aria-label'?: string
  readonly 'aria-current'?: 'true'
  readonly 'aria-pressed'?: 'true' | 'false'
  readonly 'aria-labelledby'?: string
  readonly 'aria-hidden'?: 'true'
  readonly role?: 'group' | 'status'
  readonly max?: number
  readonly value?: number
}

export function el<T extends Tag>(tag: T, attributes: Attributes = {}, ...children: readonly Child[]): HTMLElementTagNameMap[T] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value))
  add(element, children)
  return element
}

function add(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null) continue
    if (typeof child === 'string' || typeof child === 'number') parent.appendChild(document.createTextNode(String(child)))
    else if (child instanceof Node) parent.appendChild(child)
    else add(parent, child)
  }
}

/** In place of all that the element had. */
export function fill(element: Element, ...children: readonly Child[]): void {
  element.replaceChildren()
  add(element, children)
}

/** Text of the data: the trigger marked, what cannot be seen written out. */
export function textOf(pieces: readonly Piece[]): Child {
  return pieces.map(({ text, marked, hidden }) => {
    const inner = hidden === undefined ? text : el('span', { class: 'hidden-sign', title: 'cannot be seen in the data' }, text)
    return marked === undefined ? inner : el('mark', {}, inner)
  })
}

/** An element of page-html.ts. */
export function byId<E extends HTMLElement>(id: string, type: new () => E): E {
  const element = document.getElementById(id)
  if (element instanceof type) return element
  throw new Error(`the page has no ${id}`)
}

export function button(attributes: Attributes, onClick: () => void, ...children: readonly Child[]): HTMLButtonElement {
  const element = el('button', { type: 'button', ...attributes }, ...children)
  element.addEventListener('click', onClick)
  return element
}

const thousands = new Intl.NumberFormat('en-US')

export function number(value: number): string {
  return thousands.format(value)
}
