/**
 * A state as parts: V8's structured-clone format, and each large typed array by itself, byte for byte, so that it is neither
 * copied into the rest nor a view of it: what a merge keeps of a shard's state, however little, would keep all of it in memory.
 */
import { DefaultDeserializer, DefaultSerializer } from 'node:v8'

/** Smaller ones are written with the rest. */
const LARGE_BYTES = 4096

/** By their number in the format. */
const KINDS = [
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
] as const

declare module 'node:v8' {
  // Documented, but left out of the types.
  interface DefaultSerializer {
    _writeHostObject(object: object): void
  }
  interface DefaultDeserializer {
    _readHostObject(): unknown
  }
}

class PartSerializer extends DefaultSerializer {
  readonly large: Uint8Array[] = []

  override _writeHostObject(view: NodeJS.ArrayBufferView): void {
    const kind = KINDS.findIndex((constructor) => view.constructor === constructor)
    const isLarge = kind >= 0 && view.byteLength >= LARGE_BYTES
    this.writeUint32(isLarge ? 1 + kind : 0)
    if (isLarge) this.large.push(new Uint8Array(view.buffer, view.byteOffset, view.byteLength))
    else super._writeHostObject(view)
  }
}

class PartDeserializer extends DefaultDeserializer {
  private next = 0

  constructor(
    plain: Uint8Array,
    private readonly large: readonly Uint8Array<ArrayBuffer>[],
  ) {
    super(plain)
  }

  override _readHostObject(): unknown {
    const kind = this.readUint32()
    if (kind === 0) {
      const view = super._readHostObject() as Uint8Array
      return Buffer.isBuffer(view) ? Buffer.from(view) : view.slice()
    }
    const bytes = this.large[this.next++]
    const constructor = KINDS[kind - 1]
    if (bytes === undefined || constructor === undefined) throw new Error('an array is missing')
    return new constructor(bytes.buffer)
  }
}

/** @param value anything that structured clone keeps. @returns views of its large arrays, behind all the rest */
export function pack(value: unknown): Uint8Array[] {
  const serializer = new PartSerializer()
  serializer.writeHeader()
  serializer.writeValue(value)
  return [serializer.releaseBuffer(), ...serializer.large]
}

/** @param parts as {@link pack} gives them, in memory of their own: the value's arrays are in it. @throws Error when they are not */
export function unpack([plain, ...large]: readonly Uint8Array<ArrayBuffer>[]): unknown {
  if (plain === undefined) throw new Error('there are no parts')
  const deserializer = new PartDeserializer(plain, large)
  deserializer.readHeader()
  return deserializer.readValue()
}
