import { SaxesParser } from 'saxes'

export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  /** Names. */
  readonly children: string[]
  /** Of this element alone. */
  text: string
}

/** The elements of a document in order, by a parser that takes nothing but well-formed XML 1.0. */
export function xmlElements(text: string): readonly XmlElement[] {
  const elements: XmlElement[] = []
  const open: XmlElement[] = []
  const parser = new SaxesParser()
  parser.on('error', (error) => {
    throw error
  })
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes: { ...attributes }, children: [], text: '' }
    open.at(-1)?.children.push(name)
    elements.push(element)
    open.push(element)
  })
  parser.on('text', (piece) => {
    const element = open.at(-1)
    if (element !== undefined) element.text += piece
  })
  parser.on('closetag', () => void open.pop())
  parser.write(text).close()
  return elements
}
