/** `@id`s of a document: relative addresses without signs that mean something in one, each given once. */
export class Identifiers {
  readonly #taken = new Set<string>()

  /** The identifier for a name: the name itself where it can be one. */
  take(name: string): string {
    const plain = name.replace(/[^\w./-]/g, '_').replace(/^\/+/, '') || '_'
    let id = plain
    for (let i = 2; this.#taken.has(id); i++) id = `${plain}-${i}`
    this.#taken.add(id)
    return id
  }
}
