import type { Finding, FlaggedRow, Severity } from '../model/finding.js'
import type { Report } from '../model/report.js'
import { replaceHazards, safeJson } from './safe-text.js'
import { filePath, triggers } from './summary.js'

/** What a report rule says of a message id; scanners declare them. */
export type RuleTexts = Readonly<Record<string, { readonly title: string; readonly help: string }>>

/** Code-scanning services cut a result's locations at about this many. */
const MOST_LOCATIONS = 100
const MOST_ROWS = 1000
const LONGEST_TEXT = 2000

const LEVEL: Readonly<Record<Severity, 'error' | 'warning' | 'note'>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'note',
  info: 'note',
}

/**
 * SARIF 2.1.0 (OASIS, 2020-03-27): one result per finding, one rule per message id; a row is a location whose
 * line is its 0-based number plus one.
 */
export function renderSarif(report: Report, rules: RuleTexts): string {
  const ids = [...new Set([...Object.keys(rules), ...report.findings.map(({ message }) => message)])]
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'credence', semanticVersion: report.tool.version, rules: ids.map((id) => rule(id, rules)) } },
        invocations: [invocation(report)],
        artifacts: report.coverage.files.map(({ path, bytes }) => ({ location: { uri: uri(path) }, length: bytes })),
        columnKind: 'utf16CodeUnits',
        results: report.findings.map((finding) => result(report, finding, ids.indexOf(finding.message))),
        properties: { verdict: report.verdict, alpha: report.coverage.alpha, seed: report.coverage.seed },
      },
    ],
  }
  return `${safeJson(log)}\n`
}

function rule(id: string, rules: RuleTexts): object {
  const texts = rules[id]
  const title = plainText(texts?.title ?? id)
  return { id, shortDescription: { text: title }, ...(texts === undefined ? {} : { help: { text: plainText(texts.help) } }) }
}

function invocation({ startedAt, seconds, coverage, verdict }: Report): object {
  const problems = [...coverage.incomplete, ...coverage.files.flatMap(({ errors }) => errors.map(({ message }) => message))]
  return {
    executionSuccessful: coverage.incomplete.length === 0 && verdict !== 'incomplete',
    startTimeUtc: startedAt,
    endTimeUtc: new Date(Date.parse(startedAt) + seconds * 1000).toISOString(),
    toolExecutionNotifications: [
      ...problems.map((text) => ({ level: 'error', message: { text: plainText(text) } })),
      ...coverage.allowed.map((text) => ({ level: 'warning', message: { text: plainText(text) } })),
    ],
  }
}

function result(report: Report, finding: Finding, ruleIndex: number): object {
  const { id, message, severity, score, title, why, advice, rows, category, evidence, target, change, suppression } = finding
  const [firstFile] = report.coverage.files
  const whole =
    firstFile === undefined ? [] : [{ physicalLocation: { artifactLocation: { uri: uri(firstFile.path), index: 0 } } }]
  return {
    ruleId: message,
    ruleIndex,
    level: LEVEL[severity],
    rank: score * 100,
    message: { text: plainText(`${title}. ${why} ${advice}`) },
    locations: rows.length === 0 ? whole : rows.slice(0, MOST_LOCATIONS).map((row) => location(report, row)),
    partialFingerprints: { 'credenceFinding/v1': id },
    ...(change === undefined ? {} : { baselineState: change }),
    ...(suppression === undefined ? {} : { suppressions: [{ kind: 'external', justification: plainText(suppression.reason) }] }),
    properties: {
      scanner: finding.scanner,
      category,
      severity,
      score,
      triggers: triggers(finding).map(visibleText),
      ...(target === undefined ? {} : { target: visibleText(target) }),
      evidence: Object.fromEntries(
        Object.entries(evidence).map(([key, value]) => [
          visibleText(key),
          typeof value === 'string' ? visibleText(value) : value,
        ]),
      ),
      rowCount: rows.length,
      rows: rows.slice(0, MOST_ROWS).map(({ file, row, score }) => ({ file: visibleText(filePath(report, file)), row, score })),
    },
  }
}

function location(report: Report, { file, row }: FlaggedRow): object {
  return {
    physicalLocation: { artifactLocation: { uri: uri(filePath(report, file)), index: file }, region: { startLine: row + 1 } },
  }
}

/** A path as a relative reference, or a `file:` address when absolute; no scheme can be smuggled in. */
function uri(path: string): string {
  const parts = path
    .replaceAll('\\', '/')
    .replace(/\p{Cs}/gu, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
  return path.startsWith('/') ? `file://${parts.join('/')}` : parts.join('/')
}

/** Without what acts on, or hides from, a viewer that shows it. */
function visibleText(text: string): string {
  return replaceHazards(text.slice(0, LONGEST_TEXT), (hazard) =>
    hazard === '\n' ? '⏎' : `‹U+${(hazard.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
  )
}

/** Plain text as SARIF messages have it: `[text](link)` and `{0}` are syntax there (§3.11.5, §3.11.6), so their signs are escaped. */
function plainText(text: string): string {
  return (
    visibleText(text)
      .replace(/[\\[\]]/g, '\\$&')
      .replace(/[{}]/g, '$&$&') || '(empty)'
  )
}
