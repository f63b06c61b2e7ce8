/** One comment of a pull request, by GitHub's REST interface (version 2022-11-28): made once, then updated in place. */
import { z } from 'zod'
import { CredenceError } from '../errors.js'
import type { Api } from './environment.js'

const PER_PAGE = 100
/** A pull request with more comments than this gets another one of ours. */
const MOST_PAGES = 50
const TIMEOUT_MILLISECONDS = 20_000

const comment = z.object({
  id: z.int(),
  body: z.string().nullish(),
  user: z.object({ login: z.string(), type: z.string() }).nullish(),
})
type Comment = z.infer<typeof comment>

/**
 * @param marker what our comment begins with, and no other
 * @param body begins with `marker`
 * @throws CredenceError `io` when GitHub refuses or cannot be reached
 */
export async function writeComment(api: Api, pullRequest: number, marker: string, body: string): Promise<'created' | 'updated'> {
  const own = await ownComment(api, pullRequest, marker)
  if (own === null) await call(api, 'POST', `/repos/${api.repository}/issues/${pullRequest}/comments`, { body })
  else await call(api, 'PATCH', `/repos/${api.repository}/issues/comments/${own.id}`, { body })
  return own === null ? 'created' : 'updated'
}

async function ownComment(api: Api, pullRequest: number, marker: string): Promise<Comment | null> {
  let login: Promise<string | null> | null = null
  for (let page = 1; page <= MOST_PAGES; page++) {
    const path = `/repos/${api.repository}/issues/${pullRequest}/comments?per_page=${PER_PAGE}&page=${page}`
    const comments = parsed(z.array(comment), await call(api, 'GET', path))
    for (const one of comments.filter(({ body }) => body?.startsWith(marker))) {
      // Anybody may write the marker, and could then say what they like in our name: people's comments are ours only by login.
      if (one.user?.type === 'Bot' || one.user?.login === (await (login ??= loginOf(api)))) return one
    }
    if (comments.length < PER_PAGE) break
  }
  return null
}

/** Null for the token of a workflow, which is no person's and may not ask. */
async function loginOf(api: Api): Promise<string | null> {
  try {
    return parsed(z.object({ login: z.string() }), await call(api, 'GET', '/user')).login
  } catch {
    return null
  }
}

async function call(api: Api, method: 'GET' | 'POST' | 'PATCH', path: string, body?: object): Promise<unknown> {
  let response: Response
  try {
    response = await fetch(`${api.url}${path}`, {
      method,
      headers: {
        accept: 'application/vnd.github+json',
        authorization: `Bearer ${api.token}`,
        'content-type': 'application/json',
        'user-agent': 'credence',
        'x-github-api-version': '2022-11-28',
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      // The token goes nowhere else.
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MILLISECONDS),
    })
  } catch (error) {
    throw new CredenceError('io', 'GitHub could not be reached', { cause: error })
  }
  if (response.status === 401 || response.status === 403 || response.status === 404) {
    throw new CredenceError(
      'io',
      `the token may not read and write comments here (HTTP ${response.status}), as in pull requests from forks`,
    )
  }
  if (!response.ok) throw new CredenceError('io', `GitHub answered HTTP ${response.status}`)
  return response.json().catch((error: unknown) => {
    throw new CredenceError('io', 'GitHub answered what is not JSON', { cause: error })
  })
}

function parsed<T>(schema: z.ZodType<T>, answer: unknown): T {
  const { success, data, error } = schema.safeParse(answer)
  if (!success) throw new CredenceError('io', 'GitHub answered what its documentation does not say', { cause: error })
  return data
}
