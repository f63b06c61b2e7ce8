/** Scripts that complete the command line in a shell, made from the commands' own declarations. Pure: nothing is written. */

export const SHELLS = ['bash', 'zsh', 'fish'] as const
export type Shell = (typeof SHELLS)[number]

/** A command as far as completion goes. */
export interface CommandShape {
  readonly id: string
  readonly summary: string
  /** Words that its first argument can be; empty where that is a path or free. */
  readonly words: readonly string[]
  readonly flags: readonly FlagShape[]
}

export interface FlagShape {
  /** With its hyphens. */
  readonly name: string
  readonly summary: string
  /** `word`: one of `values` and nothing else; `any`: also a path, a number or a text. */
  readonly takes: 'nothing' | 'word' | 'any'
  readonly values: readonly string[]
}

export function completionScript(shell: Shell, program: string, commands: readonly CommandShape[]): string {
  return { bash, zsh, fish }[shell](program, commands)
}

/** Flags and words; for all else the shell's own completion of paths. Runs in bash 3.2, which macOS has. */
function bash(program: string, commands: readonly CommandShape[]): string {
  const pick = (words: readonly string[]): string => `COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")); return`
  const values = commands.flatMap(({ id, flags }) =>
    flags.filter(({ values }) => values.length > 0).map(({ name, values }) => `    '${id} ${name}') ${pick(values)} ;;`),
  )
  const free = commands.map(({ id, flags }) => {
    const names = flags
      .filter(({ takes, values }) => takes !== 'nothing' && values.length === 0)
      .map(({ name }) => `'${id} ${name}'`)
    return names.length === 0 ? [] : [`    ${names.join(' | ')}) return ;;`]
  })
  return `# Completion of ${program} in bash. In ~/.bashrc: eval "$(${program} completion bash)"
_${program}() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD - 1]}
  # bash splits --flag=value in three.
  if [[ $word == = ]]; then word= ; elif [[ $before == = ]]; then before=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    ${pick(commands.map(({ id }) => id))}
  fi
  case "\${COMP_WORDS[1]} $before" in
${[...values, ...free.flat()].join('\n')}
  esac
  if [[ $word == -* ]]; then
    case \${COMP_WORDS[1]} in
${commands.map(({ id, flags }) => `      ${id}) ${pick(flags.map(({ name }) => name))} ;;`).join('\n')}
    esac
  fi
  if ((COMP_CWORD == 2)); then
    case \${COMP_WORDS[1]} in
${commands.flatMap(({ id, words }) => (words.length === 0 ? [] : [`      ${id}) ${pick(words)} ;;`])).join('\n')}
    esac
  fi
}
complete -o bashdefault -o default -F _${program} ${program}
`
}

function zsh(program: string, commands: readonly CommandShape[]): string {
  const flag = ({ name, summary, takes, values }: FlagShape): string => {
    const words = `(${values.join(' ')})`
    const either = values.length === 0 ? '_files' : `{_alternative "words\\:word\\:${words}" "files\\:file\\:_files"}`
    const value = takes === 'nothing' ? '' : `:value:${takes === 'word' ? words : either}`
    return quoted(`${name}${takes === 'nothing' ? '' : '='}[${zshText(summary)}]${value}`)
  }
  const one = ({ id, words, flags }: CommandShape): string => {
    const first = words.length > 0 ? [quoted(`1:word:(${words.join(' ')})`)] : []
    const specs = [...flags.map(flag), ...first, quoted('*:file:_files')]
    return `    ${id})\n      _arguments ${specs.join(' \\\n        ')} ;;`
  }
  const described = commands.map(({ id, summary }) => `    ${quoted(`${id}:${zshText(summary)}`)}`).join('\n')
  return `#compdef ${program}
# Completion of ${program} in zsh. In ~/.zshrc, after compinit: eval "$(${program} completion zsh)"
_${program}() {
  local -a commands=(
${described}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  ((CURRENT--))
  case $command in
${commands.map(one).join('\n')}
  esac
}
if [[ $funcstack[1] == _${program} ]]; then _${program} "$@"; else compdef _${program} ${program}; fi
`
}

function fish(program: string, commands: readonly CommandShape[]): string {
  const lines = commands.flatMap(({ id, summary, words, flags }) => {
    const inside = `complete -c ${program} -n '__fish_seen_subcommand_from ${id}'`
    const flagLines = flags.map(({ name, summary, takes, values }) => {
      const words = values.length === 0 ? '' : ` -a ${quoted(values.join(' '))}`
      const value = takes === 'nothing' ? '' : `${takes === 'word' ? ' -x' : ' -r'}${words}`
      return `${inside} -l ${name.replace(/^--/, '')}${value} -d ${fishText(summary)}`
    })
    return [
      `complete -c ${program} -n __fish_use_subcommand -f -a ${id} -d ${fishText(summary)}`,
      ...(words.length > 0 ? [`${inside} -f -a ${quoted(words.join(' '))}`] : []),
      ...flagLines,
    ]
  })
  return `# Completion of ${program} in fish: ${program} completion fish | source
${lines.join('\n')}
`
}

/** For a POSIX shell and zsh. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`
const fishText = (text: string): string => `'${text.replace(/[\\']/g, '\\$&')}'`
/** `_arguments` and `_describe` read these signs. */
const zshText = (text: string): string => text.replace(/[\\[\]:]/g, '\\$&')
