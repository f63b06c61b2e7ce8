import { Config, Errors, run, settings } from '@oclif/core'
import { nearest } from '../config/near.js'
import { asCredenceError, CredenceError } from '../errors.js'
import { errorText } from './error-text.js'
import { EXIT, exitCodeOfError } from './exit-codes.js'
import { print } from './terminal.js'

/**
 * The command line from arguments to exit code. Every error of every command is printed here, and nowhere else.
 * @param root folder of package.json, which names the commands
 */
export async function main(argv: readonly string[], root: string): Promise<number> {
  // oclif would look for TypeScript sources beside a checkout's compiled commands.
  settings.enableAutoTranspile = false
  const debug = argv.includes('--debug') || Boolean(process.env['CREDENCE_DEBUG'])
  // Node would end with 1, which says findings.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`${errorText(asCredenceError(error, 'internal'), debug)}\n`, () => process.exit(EXIT.incomplete))
  })
  try {
    const config = await Config.load({ root })
    const result: unknown = await run([...knownCommand(argv, config)], config)
    return typeof result === 'number' ? result : 0
  } catch (error) {
    const exit = error instanceof Errors.ExitError ? error.oclif.exit : undefined
    if (exit !== undefined) return exit
    const shown = commandLineError(error, argv[0])
    await print(errorText(shown, debug), process.stderr)
    return exitCodeOfError(shown.code)
  }
}

/**
 * Arguments that oclif will find a command for; `help scan` becomes `scan --help`.
 * @throws CredenceError `usage`
 */
function knownCommand(argv: readonly string[], config: Config): readonly string[] {
  const [name, ...rest] = argv
  const [second = '', ...others] = rest
  if (config.findCommand(`${name}:${second}`) !== undefined) return [`${name}:${second}`, ...others]
  if (name === 'help') return knownCommand(rest.length > 0 ? [...rest, '--help'] : ['--help'], config)
  if (name === undefined || (name.startsWith('-') && name !== '-') || config.findCommand(name) !== undefined) return argv
  // `review:merge` is typed as two words.
  const commands = config.commandIDs.filter((id) => !id.includes(':'))
  const near = nearest(name, commands)
  throw new CredenceError('usage', `there is no command ${JSON.stringify(name)}`, {
    suggestions: [near === null ? `commands: ${commands.join(', ')}` : `did you mean: credence ${near}`],
  })
}

/** oclif's errors about what was typed, in our words; what is already ours, or a defect, as it is. */
function commandLineError(error: unknown, command = ''): CredenceError {
  if (!(error instanceof Errors.CLIError) || error instanceof Errors.ModuleLoadError) return asCredenceError(error, 'internal')
  const suggestions = [`see: credence ${command} --help`]
  if ('flags' in error && 'parse' in error && Array.isArray(error.flags)) {
    const [flag = ''] = error.flags.map(String)
    const near = nearest(flag.replace(/^-+(no-)?/, ''), flagNames(error.parse))
    if (near !== null) suggestions.unshift(`did you mean --${near}?`)
    return new CredenceError('usage', `unknown flag ${flag}`, { suggestions })
  }
  if ('args' in error && Array.isArray(error.args) && error.message.startsWith('Missing')) {
    const names = (error.args as readonly { readonly name?: string }[]).map(({ name }) => name?.toUpperCase() ?? 'argument')
    return new CredenceError('usage', `missing ${names.join(', ')}`, { suggestions })
  }
  const message = error.message.replace(/\nSee more help with --help$/, '').replace(/^[A-Z]/, (letter) => letter.toLowerCase())
  return new CredenceError('usage', message, { suggestions })
}

function flagNames(parse: unknown): string[] {
  const { input } = (parse ?? {}) as { readonly input?: { readonly flags?: Readonly<Record<string, unknown>> } }
  return Object.keys(input?.flags ?? {})
}
