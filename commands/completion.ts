import { Args, type Command } from '@oclif/core'
import { BaseCommand } from '../src/cli/base-command.js'
import { type CommandShape, completionScript, type FlagShape, type Shell, SHELLS } from '../src/cli/completion.js'
import { print } from '../src/cli/terminal.js'

export default class Completion extends BaseCommand {
  static override summary = 'Print a script that completes commands and flags in your shell.'

  static override description = 'Prints it and writes nothing: where it goes is up to you.'

  static override examples = [
    { description: 'bash, in ~/.bashrc', command: 'eval "$(<%= config.bin %> completion bash)"' },
    { description: 'zsh, in ~/.zshrc after compinit', command: 'eval "$(<%= config.bin %> completion zsh)"' },
    {
      description: 'fish, once',
      command: '<%= config.bin %> completion fish > ~/.config/fish/completions/<%= config.bin %>.fish',
    },
  ]

  static override args = {
    shell: Args.custom<Shell>({ options: [...SHELLS] })({ required: true, ignoreStdin: true, description: 'which shell' }),
  }

  async run(): Promise<void> {
    const { args } = await this.parse(Completion)
    await print(completionScript(args.shell, this.config.bin, shapesOf(this.config.commands)))
  }
}

/** `review merge` is the command `review:merge`: its word and its flags are offered with those of `review`. */
function shapesOf(commands: readonly Command.Loadable[]): CommandShape[] {
  const shapes = new Map<string, CommandShape>()
  for (const shape of commands.map(shapeOf).sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const [id = '', ...under] = shape.id.split(':')
    const known = shapes.get(id)
    if (known === undefined) shapes.set(id, { ...shape, id, words: [...under, ...shape.words] })
    else {
      const flags = shape.flags.filter(({ name }) => known.flags.every((flag) => flag.name !== name))
      shapes.set(id, { ...known, words: [...known.words, ...under], flags: [...known.flags, ...flags] })
    }
  }
  return [...shapes.values()]
}

function shapeOf({ id, summary = '', args, flags }: Command.Loadable): CommandShape {
  const [first] = Object.values(args)
  return { id, summary, words: first?.options ?? [], flags: Object.values(flags).flatMap(flagShapes) }
}

function flagShapes(flag: Command.Flag.Cached): readonly FlagShape[] {
  const { name, description = '', hidden } = flag
  if (hidden === true) return []
  if (flag.type === 'boolean') {
    const shape = { summary: description, takes: 'nothing' as const, values: [] }
    return [{ name: `--${name}`, ...shape }, ...(flag.allowNo ? [{ name: `--no-${name}`, ...shape }] : [])]
  }
  // What help shows for a value, `auto|off|DIR`, names the words that it can be in small letters.
  const shown = [flag.helpValue ?? []].flat().flatMap((value) => value.split('|'))
  const values = flag.options ?? shown.filter((word) => /^[a-z][a-z0-9-]*$/.test(word))
  const takes = values.length > 0 && (flag.options !== undefined || values.length === shown.length) ? 'word' : 'any'
  return [{ name: `--${name}`, summary: description, takes, values }]
}
