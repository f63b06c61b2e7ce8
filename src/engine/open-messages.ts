import type { FileOpener } from '../read/file-opener.js'

type Arguments<Method extends keyof FileOpener> = Readonly<Parameters<FileOpener[Method]>>

/** One call of a `FileOpener`'s method, for another process. */
export type OpenRequest =
  | { readonly kind: 'open'; readonly with: Arguments<'open'> }
  | { readonly kind: 'sample'; readonly with: Arguments<'sample'> }
  | { readonly kind: 'firstRows'; readonly with: Arguments<'firstRows'> }
