import { CredenceError } from '../errors.js'

/** Where an object store is and who asks, as the environment says it to every client of S3. */
export interface S3Settings {
  readonly region: string
  /** Without a slash at the end; null for Amazon's own of the region. */
  readonly endpoint: string | null
  /** `ENDPOINT/BUCKET/KEY` instead of `BUCKET.ENDPOINT/KEY`. */
  readonly pathStyle: boolean
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string | null
}

/**
 * Reads `AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_SESSION_TOKEN`, `AWS_REGION` (`AWS_DEFAULT_REGION`),
 * `AWS_ENDPOINT_URL_S3` (`AWS_ENDPOINT_URL`) and `AWS_S3_FORCE_PATH_STYLE`. Profiles and roles of machines are not looked up.
 * @throws CredenceError `usage` where credentials are missing or the endpoint is no address
 */
export function s3Settings(env: Readonly<Record<string, string | undefined>> = process.env): S3Settings {
  const [accessKeyId, secretAccessKey] = [env['AWS_ACCESS_KEY_ID'], env['AWS_SECRET_ACCESS_KEY']]
  if (!accessKeyId || !secretAccessKey) {
    throw new CredenceError('usage', 'an s3:// path needs AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment', {
      suggestions: ['of a profile or a role: eval "$(aws configure export-credentials --format env)"'],
    })
  }
  const endpoint = env['AWS_ENDPOINT_URL_S3'] || env['AWS_ENDPOINT_URL'] || null
  if (endpoint !== null && !/^https?:\/\/[^/?#]+\/?$/.test(endpoint)) {
    throw new CredenceError('usage', `AWS_ENDPOINT_URL: got ${JSON.stringify(endpoint)}, expected http(s)://HOST[:PORT]`)
  }
  const style = env['AWS_S3_FORCE_PATH_STYLE']
  return {
    region: env['AWS_REGION'] || env['AWS_DEFAULT_REGION'] || 'us-east-1',
    endpoint: endpoint?.replace(/\/$/, '') ?? null,
    // Stores of one's own seldom have a name in the DNS for each bucket.
    pathStyle: style ? style === 'true' || style === '1' : endpoint !== null,
    accessKeyId,
    secretAccessKey,
    sessionToken: env['AWS_SESSION_TOKEN'] || null,
  }
}
