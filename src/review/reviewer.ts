import { execFile } from 'node:child_process'
import { userInfo } from 'node:os'
import { promisify } from 'node:util'

/** The name that decisions go by where none is given: git's user.name, else the login name. */
export async function defaultReviewer(): Promise<string> {
  const git = await promisify(execFile)('git', ['config', 'user.name'], { timeout: 2000 }).catch(() => null)
  return git?.stdout.trim() || loginName()
}

function loginName(): string {
  try {
    return userInfo().username || 'reviewer'
  } catch {
    return 'reviewer' // a user id without an account, as in containers
  }
}
