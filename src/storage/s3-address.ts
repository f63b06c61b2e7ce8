import { CredenceError } from '../errors.js'

/** One object of S3 or of a store that speaks its language; the key may be a prefix. */
export interface S3Address {
  readonly bucket: string
  readonly key: string
}

/** Whether a path names an object store. Nothing else makes the program use the network for data. */
export function isRemote(path: string): boolean {
  return path.startsWith('s3://')
}

/** @throws CredenceError `usage` where it is not `s3://BUCKET/KEY` */
export function s3Address(path: string): S3Address {
  const [, bucket, key = ''] = /^s3:\/\/([A-Za-z\d][A-Za-z\d.-]{1,253})(?:\/(.*))?$/s.exec(path) ?? []
  if (bucket === undefined) {
    throw new CredenceError('usage', `${path} is no address of an object store: expected s3://BUCKET/KEY`, {
      place: { file: path },
    })
  }
  return { bucket, key }
}

export function s3Path({ bucket, key }: S3Address): string {
  return `s3://${bucket}/${key}`
}

/** A name below a path, in a folder of this machine's or in an object store. */
export function below(path: string, name: string): string {
  return `${path.replace(/\/$/, '')}/${name}`
}
