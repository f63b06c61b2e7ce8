import importX from 'eslint-plugin-import-x'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'
import regexp from 'eslint-plugin-regexp'
import tseslint from 'typescript-eslint'
import { importDirection } from './tools/lint/import-direction.mjs'

const PRODUCT = ['src/**/*.ts', 'commands/**/*.ts', 'library/**/*.ts', 'scanners/**/*.ts']
/** What writes to the terminal, each text through src/report/safe-text.ts. */
const TERMINAL = ['src/cli/terminal.ts', 'src/cli/progress.ts', 'src/cli/main.ts']
const TYPESCRIPT = [...PRODUCT, 'test/**/*.ts', 'bench/**/*.ts', 'tools/**/*.ts']

/** Every way round the functions that make the data's text harmless. */
const WAYS_ROUND = [
  {
    selector: "MemberExpression[property.name='write'][object.property.name=/^std(out|err)$/]",
    message: 'Print through src/cli/terminal.ts.',
  },
  {
    selector: "MemberExpression[property.name='write'][object.name=/^std(out|err)$/]",
    message: 'Print through src/cli/terminal.ts.',
  },
  {
    selector: 'CallExpression[callee.property.name=/^writev?(Sync)?$/][arguments.0.raw=/^[12]$/]',
    message: 'Print through src/cli/terminal.ts.',
  },
  {
    selector: 'CallExpression[callee.name=/^writev?(Sync)?$/][arguments.0.raw=/^[12]$/]',
    message: 'Print through src/cli/terminal.ts.',
  },
  {
    selector: "ImportDeclaration[importKind!='type'][source.value=/^(node:)?(console|process)$/]",
    message: 'Print through src/cli/terminal.ts.',
  },
  {
    selector: 'ImportDeclaration[source.value=/^@oclif/] > ImportSpecifier[imported.name=/^(ux|Errors)$/]',
    message: 'oclif prints as it is: throw a CredenceError, or print through src/cli/terminal.ts.',
  },
  {
    selector:
      'CallExpression[callee.name=/^print(Notice)?$/] TemplateLiteral > :not(TemplateElement):not(CallExpression[callee.name=/^safe(Text|Json)$/]):not(Identifier[name=/^[A-Z_]+$/])',
    message: 'What is printed is made safe before: safeText(…).',
  },
]

/** Ways from text to elements: the review's page shows the data as text nodes, through src/review/page/dom.ts. */
const TEXT_TO_ELEMENTS = [
  {
    selector:
      'MemberExpression > Identifier.property[name=/HTML|^(srcdoc|parseFromString|createContextualFragment|write(ln)?)$/]',
    message: 'Text reaches the page as text nodes: src/review/page/dom.ts.',
  },
  {
    selector: 'MemberExpression[computed=true] > Literal.property[value=/HTML|^(srcdoc|parseFromString|write(ln)?)$/]',
    message: 'Text reaches the page as text nodes: src/review/page/dom.ts.',
  },
]

/** Markup that is not made by the tag `html`, which escapes what it is given. */
const MARKUP = [
  {
    selector:
      "TemplateLiteral:not(TaggedTemplateExpression[tag.name='html'] > TemplateLiteral) > TemplateElement[value.raw=/<[a-z!\\u002F]/i]",
    message: 'Markup is made by html`…` of src/report/html-text.ts.',
  },
  { selector: 'Literal[value=/<[a-z!\\u002F]/i]', message: 'Markup is made by html`…` of src/report/html-text.ts.' },
]

/** And those that a command inherits. */
const INHERITED = {
  selector: "MemberExpression[object.type='ThisExpression'][property.name=/^(log|logToStderr|logJson|warn|error)$/]",
  message: 'oclif prints as it is: throw a CredenceError, or print through src/cli/terminal.ts.',
}

export default tseslint.config(
  { ignores: ['dist/', 'node_modules/', '.credence/', 'coverage/', 'models/', 'fixtures/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-var': 'error',
      'prefer-const': 'error',
      'no-eval': 'error',
      'no-new-func': 'error',
      'no-unused-labels': 'error',
      'no-useless-escape': 'error',
      'no-unsafe-finally': 'error',
      'no-promise-executor-return': 'error',
      'no-self-compare': 'error',
      'no-unreachable-loop': 'error',
      'no-param-reassign': 'error',
    },
  },
  {
    files: TYPESCRIPT,
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { 'import-x': importX },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    settings: {
      'import-x/resolver-next': [createTypeScriptImportResolver()],
      'import-x/parsers': { '@typescript-eslint/parser': ['.ts'] },
    },
    rules: {
      'import-x/no-cycle': 'error',
      'import-x/no-self-import': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'separate-type-imports' }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/prefer-readonly': 'error',
      // noUncheckedIndexedAccess makes every `array[i]` possibly undefined; in a counted loop over a typed array `!` says what is known.
      '@typescript-eslint/no-non-null-assertion': 'off',
      // Numbers in messages are meant as they print.
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      // A guard against hostile data often looks unnecessary to the types that the data breaks.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      // Records keyed by role or column name are plain objects, since they cross process boundaries.
      '@typescript-eslint/no-dynamic-delete': 'off',
      // What an interface declares as asynchronous stays so, whether or not one implementation waits: it rejects, never throws.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      // `() => void` callbacks written as one expression read well.
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
    },
  },
  {
    files: PRODUCT,
    plugins: { house: { rules: { 'import-direction': importDirection } }, regexp },
    rules: {
      'house/import-direction': 'error',
      // Every text is an attacker's: no pattern may take more than linear time on it.
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential', ignoreSticky: false }],
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-depth': ['error', 4],
      'no-console': 'error',
    },
  },
  {
    // Standard output belongs to the command's answer, standard error to progress: both are written in one place.
    files: ['src/**/*.ts', 'scanners/**/*.ts'],
    // The engine's child is a program of its own.
    ignores: ['src/cli/**', 'src/engine/child.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'stdout', message: 'Only src/cli and commands write to the terminal.' },
        { object: 'process', property: 'stderr', message: 'Only src/cli and commands write to the terminal.' },
        { object: 'process', property: 'exit', message: 'Throw a CredenceError; src/cli chooses the exit code.' },
      ],
    },
  },
  {
    files: PRODUCT,
    ignores: TERMINAL,
    rules: { 'no-restricted-syntax': ['error', ...WAYS_ROUND] },
  },
  {
    files: ['src/report/html.ts', 'src/report/html/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...WAYS_ROUND, ...MARKUP] },
  },
  {
    files: ['commands/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...WAYS_ROUND, INHERITED] },
  },
  {
    files: ['src/review/page/**/*.ts'],
    rules: { 'no-restricted-syntax': ['error', ...WAYS_ROUND, ...TEXT_TO_ELEMENTS] },
  },
  {
    // Renderers give back what they made; src/cli/write-report.ts writes it.
    files: ['src/report/**/*.ts'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'write-file-atomic', message: 'src/cli/write-report.ts writes reports.' },
            { name: 'node:fs', message: 'src/cli/write-report.ts writes reports.' },
            {
              name: 'node:fs/promises',
              allowImportNames: ['readFile', 'stat'],
              message: 'src/cli/write-report.ts writes reports.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // node:test's `test()` and `describe()` return promises that its runner awaits.
      '@typescript-eslint/no-floating-promises': [
        'error',
        { allowForKnownSafeCalls: [{ from: 'package', package: 'node:test', name: ['test', 'it', 'describe', 'suite'] }] },
      ],
    },
  },
)
