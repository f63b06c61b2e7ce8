import assert from 'node:assert/strict'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

const text = {
  type: 'object',
  required: ['text'],
  properties: { text: { type: 'string', minLength: 1 } },
  additionalProperties: false,
}
const artifactLocation = {
  type: 'object',
  properties: { uri: { type: 'string', format: 'uri-reference' }, index: { type: 'integer', minimum: -1 } },
  additionalProperties: false,
}
const location = {
  type: 'object',
  required: ['physicalLocation'],
  additionalProperties: false,
  properties: {
    physicalLocation: {
      type: 'object',
      required: ['artifactLocation'],
      additionalProperties: false,
      properties: {
        artifactLocation,
        region: { type: 'object', required: ['startLine'], properties: { startLine: { type: 'integer', minimum: 1 } } },
      },
    },
  },
}
const level = { enum: ['none', 'note', 'warning', 'error'] }
const strings = { type: 'object', additionalProperties: { type: 'string' } }

/**
 * The part of SARIF 2.1.0 that the report uses, after the OASIS schema (sarif-schema-2.1.0.json): the same names, types,
 * required properties and closed objects.
 */
const schema = {
  type: 'object',
  required: ['version', 'runs'],
  additionalProperties: false,
  properties: {
    $schema: { type: 'string', format: 'uri' },
    version: { const: '2.1.0' },
    runs: {
      type: 'array',
      items: {
        type: 'object',
        required: ['tool'],
        additionalProperties: false,
        properties: {
          tool: {
            type: 'object',
            required: ['driver'],
            properties: {
              driver: {
                type: 'object',
                required: ['name'],
                properties: {
                  name: { type: 'string' },
                  semanticVersion: { type: 'string' },
                  rules: {
                    type: 'array',
                    uniqueItems: true,
                    items: {
                      type: 'object',
                      required: ['id'],
                      additionalProperties: false,
                      properties: { id: { type: 'string' }, shortDescription: text, help: text },
                    },
                  },
                },
              },
            },
          },
          invocations: {
            type: 'array',
            items: {
              type: 'object',
              required: ['executionSuccessful'],
              additionalProperties: false,
              properties: {
                executionSuccessful: { type: 'boolean' },
                startTimeUtc: { type: 'string', format: 'date-time' },
                endTimeUtc: { type: 'string', format: 'date-time' },
                toolExecutionNotifications: {
                  type: 'array',
                  items: {
                    type: 'object',
                    required: ['message'],
                    additionalProperties: false,
                    properties: { level, message: text },
                  },
                },
              },
            },
          },
          artifacts: {
            type: 'array',
            uniqueItems: true,
            items: {
              type: 'object',
              additionalProperties: false,
              properties: { location: artifactLocation, length: { type: 'integer', minimum: -1 } },
            },
          },
          columnKind: { enum: ['utf16CodeUnits', 'unicodeCodePoints'] },
          results: {
            type: 'array',
            items: {
              type: 'object',
              required: ['message'],
              additionalProperties: false,
              properties: {
                ruleId: { type: 'string' },
                ruleIndex: { type: 'integer', minimum: -1 },
                level,
                rank: { type: 'number', minimum: -1, maximum: 100 },
                message: text,
                locations: { type: 'array', maxItems: 100, items: location },
                partialFingerprints: strings,
                properties: { type: 'object' },
              },
            },
          },
          properties: { type: 'object' },
        },
      },
    },
  },
}

const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)
const validate = ajv.compile(schema)

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
    readonly artifacts: readonly unknown[]
    readonly results: readonly {
      readonly ruleId: string
      readonly ruleIndex: number
      readonly message: { readonly text: string }
      readonly locations: readonly { readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } } }[]
    }[]
  }[]
}

/** Checks the shape, that indices name what they say, and that messages and addresses hold no syntax of the data's. */
export function assertSarif(log: unknown): void {
  const shaped: boolean = validate(log)
  assert.ok(shaped, JSON.stringify(validate.errors?.slice(0, 3)))
  for (const run of (log as Log).runs) {
    for (const { ruleId, ruleIndex, message, locations } of run.results) {
      assert.equal(run.tool.driver.rules[ruleIndex]?.id, ruleId)
      assert.doesNotMatch(message.text, /(?<!\\)(?:\\\\)*[[\]]/, 'a link in a plain text message')
      assert.doesNotMatch(message.text.replaceAll('{{', '').replaceAll('}}', ''), /[{}]/, 'a placeholder in a message')
      for (const { physicalLocation } of locations)
        assert.doesNotMatch(physicalLocation.artifactLocation.uri, /^(?!file:)[^/]*:/, 'a scheme')
    }
  }
}
