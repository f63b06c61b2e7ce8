// The house's one-way streets (DESIGN: "Imports go one way"). A part is a file or folder directly below src, or one of the
// folders beside it.
import path from 'node:path'

/** What every part may import: how things fail, and where the package lies. */
const EVERYWHERE = ['errors', 'paths', 'version']

/** Which other parts each part of src may import. `type:` is for types alone. */
const SRC = {
  errors: [],
  paths: [],
  model: [],
  math: [],
  sketch: ['math'],
  scanner: ['model'],
  plugins: ['model', 'scanner'],
  survey: ['model', 'math', 'sketch', 'scanner'],
  storage: [],
  read: ['model', 'math', 'storage'],
  embed: ['model', 'math'],
  secrets: ['model', 'math'],
  refusal: [],
  fuse: ['model', 'math', 'secrets'],
  licenses: [],
  declared: ['model', 'math', 'read', 'engine', 'licenses', 'lock', 'type:config'],
  report: ['model', 'math', 'scanner'],
  ci: ['report'],
  review: ['model', 'read', 'engine', 'fuse', 'report'],
  clean: ['model', 'math', 'read', 'secrets', 'fuse', 'report', 'engine', 'review', 'lineage'],
  attack: ['model', 'math', 'read', 'lock', 'lineage'],
  config: ['model', 'scanner', 'plugins'],
  engine: ['model', 'math', 'sketch', 'scanner', 'read', 'embed', 'fuse', 'plugins', 'survey', 'storage', 'type:config'],
  accepted: ['model', 'math', 'review'],
  compare: ['model', 'math', 'scanner', 'survey', 'accepted'],
  online: ['model', 'math', 'engine', 'survey', 'type:config'],
  lineage: ['math', 'read', 'lock', 'report', 'type:config'],
  lock: ['model', 'math', 'read', 'scanner', 'survey', 'compare', 'scan', 'type:config'],
  attest: ['model', 'read', 'report'],
  diff: ['model', 'fuse', 'scan', 'survey', 'compare'],
  conclude: ['model', 'read', 'fuse', 'engine', 'survey', 'online', 'declared'],
  scan: ['model', 'scanner', 'read', 'embed', 'fuse', 'engine', 'config', 'survey', 'accepted', 'online', 'declared', 'conclude'],
  step: ['model', 'scanner', 'plugins', 'engine', 'storage', 'scan', 'type:config'],
  cli: [
    'model',
    'scanner',
    'report',
    'config',
    'type:read',
    'type:scan',
    'type:step',
    'type:clean',
    'type:lock',
    'type:attest',
    'type:lineage',
    'type:declared',
  ],
  version: [],
}

const SCANNERS_FROM_SRC = ['scanner', 'model', 'sketch', 'math', 'secrets', 'refusal', 'licenses', ...EVERYWHERE]

/** The part that a path belongs to: `['src', 'read']`, `['scanners', 'trigger']`, `['commands']`, …; null outside the project. */
function partOf(root, file) {
  const [top, second = ''] = path.relative(root, file).split(path.sep)
  if (top === '..' || top === undefined) return null
  return { top, name: second.replace(/\.(ts|js|mjs)$/, '') }
}

/** Why `from` must not import `to`, or null where it may. */
function objection(from, to, isType) {
  if (from.top === 'src') {
    if (to.top !== 'src') return `src/${from.name} must not import ${to.top}: src stands on its own`
    const allowed = SRC[from.name]
    if (allowed === undefined) return `src/${from.name} is not in the table of tools/lint/import-direction.mjs`
    const ok =
      from.name === to.name ||
      EVERYWHERE.includes(to.name) ||
      allowed.includes(to.name) ||
      (isType && allowed.includes(`type:${to.name}`))
    return ok ? null : `src/${from.name} must not import src/${to.name}`
  }
  if (from.top === 'scanners') {
    if (to.top === 'src') {
      return SCANNERS_FROM_SRC.includes(to.name) ? null : `scanners must not import src/${to.name}`
    }
    if (to.top !== 'scanners') return `scanners must not import ${to.top}`
    if (from.name === 'index' || from.name === to.name) return null
    return `scanners/${from.name} must not import scanners/${to.name}: scanners do not know each other`
  }
  // The two faces: what a person types, and what a program imports.
  if (from.top === 'commands' || from.top === 'library') {
    const ok = to.top === 'src' || to.top === from.top || (to.top === 'scanners' && to.name === 'index')
    return ok ? null : `${from.top} must not import ${to.top}/${to.name}: only src and the registry`
  }
  return null
}

/** ESLint rule over static, re-exporting and dynamic imports of relative paths. It reads paths, so it needs no resolver. */
export const importDirection = {
  meta: { type: 'problem', schema: [], messages: { direction: '{{objection}}' } },
  create(context) {
    const from = partOf(context.cwd, context.filename)
    if (from === null) return {}
    const check = (source, isType) => {
      if (source?.type !== 'Literal' || typeof source.value !== 'string' || !source.value.startsWith('.')) return
      const to = partOf(context.cwd, path.resolve(path.dirname(context.filename), source.value))
      const reason = to && objection(from, to, isType)
      if (reason) context.report({ node: source, messageId: 'direction', data: { objection: reason } })
    }
    return {
      ImportDeclaration: (node) => check(node.source, node.importKind === 'type'),
      ExportNamedDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ExportAllDeclaration: (node) => check(node.source, node.exportKind === 'type'),
      ImportExpression: (node) => check(node.source, false),
      TSImportType: (node) => check(node.source ?? node.argument?.literal, true),
    }
  },
}
