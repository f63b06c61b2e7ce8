import assert from 'node:assert/strict'
import { test } from 'node:test'
import { provenance } from '../../../scanners/provenance/index.js'
import { compatible, licenseOf } from '../../../src/licenses/license.js'
import { drive } from '../drive.js'

const KNOWN: readonly (readonly [string, string])[] = [
  ['MIT', 'mit'],
  ['The MIT License (MIT)', 'mit'],
  ['MIT License\n\nCopyright (c) 2024 somebody', 'mit'],
  ['apache2.0', 'apache-2.0'],
  ['Apache License, Version 2.0', 'apache-2.0'],
  ['https://www.apache.org/licenses/LICENSE-2.0', 'apache-2.0'],
  ['CC BY 4.0', 'cc-by-4.0'],
  ['Creative Commons Attribution-ShareAlike 3.0 Unported', 'cc-by-sa-3.0'],
  ['Creative Commons Attribution-NonCommercial-NoDerivatives 4.0 International License', 'cc-by-nc-nd-4.0'],
  ['http://creativecommons.org/licenses/by-nc/4.0/', 'cc-by-nc-4.0'],
  ['https://creativecommons.org/publicdomain/zero/1.0/', 'cc0-1.0'],
  ['CC-BY-SA-2.1-JP', 'cc-by-sa-2.1'],
  ['GPLv3', 'gpl-3.0-only'],
  ['odbl', 'odbl-1.0'],
  ['GNU GPL v2 or any later version', 'gpl-2.0-or-later'],
  ['GPL-2.0-only WITH Classpath-exception-2.0', 'gpl-2.0-only-with-exception'],
  ['ODC-By v1.0', 'odc-by-1.0'],
  ['Llama 2 Community License', 'llama2'],
  ['openrail++', 'openrail++'],
  ['["MIT", "Apache-2.0"]', 'mit and apache-2.0'],
  ['MIT/Apache-2.0', 'mit or apache-2.0'],
  ['(MIT AND BSD-3-Clause) OR GPL-2.0-only', 'mit and bsd-3-clause or gpl-2.0-only'],
  ['(MIT OR ISC) AND Zlib', '(mit or isc) and zlib'],
]

test('licences by every spelling in use, and expressions', () => {
  for (const [cell, name] of KNOWN) {
    assert.deepEqual([cell, licenseOf(cell).kind, licenseOf(cell).name], [cell, 'known', name])
    // Names are counted, and read again from what was counted.
    assert.deepEqual(licenseOf(name), { ...licenseOf(cell), name })
  }
  for (const cell of ['unknown', 'other', 'N/A', 'All rights reserved', 'See LICENSE file', '?'])
    assert.equal(licenseOf(cell).kind, 'unstated')
  for (const cell of ['shop licence 7', 'MIT OR shop-1', 'MIT OR', 'by me', 'x'.repeat(5000)])
    assert.equal(licenseOf(cell).kind, 'unknown', cell)
})

test('an expression has the terms of what may be chosen', () => {
  assert.equal(licenseOf('CC-BY-NC-4.0 OR MIT').nonCommercial, false)
  assert.equal(licenseOf('CC-BY-NC-4.0 AND MIT').nonCommercial, true)
  assert.equal(licenseOf('GPL-2.0-only OR MIT').copyleft, 0)
  assert.equal(licenseOf('GPL-2.0-only AND MIT').copyleft, licenseOf('GPL-2.0-only').copyleft)
})

test('which licences exclude each other', () => {
  const pair = (a: string, b: string): boolean => {
    assert.equal(compatible(licenseOf(a), licenseOf(b)), compatible(licenseOf(b), licenseOf(a)))
    return compatible(licenseOf(a), licenseOf(b))
  }
  const together = [
    'MIT & CC-BY-NC-4.0',
    'CC-BY-SA-3.0 & CC-BY-SA-4.0',
    'CC-BY-SA-4.0 & GPL-3.0-only',
    'GPL-2.0-or-later & AGPL-3.0-only',
  ]
  const apart = [
    'GPL-2.0-only & GPL-3.0-only',
    'CC-BY-SA-1.0 & CC-BY-SA-4.0',
    'CC-BY-SA-4.0 & ODbL-1.0',
    'CC-BY-SA-4.0 & CC-BY-NC-4.0',
  ]
  for (const names of [...together, 'CC-BY-NC-SA-4.0 & CC-BY-NC-4.0', 'EUPL-1.2 & GPL-2.0-only', 'LAL-1.3 & CC-BY-SA-4.0'])
    assert.ok(pair(...(names.split(' & ') as [string, string])), names)
  for (const names of [...apart, 'CC-BY-SA-3.0 & GPL-3.0-only', 'CC-BY-NC-SA-4.0 & CC-BY-SA-4.0', 'GFDL-1.3 & CC-BY-SA-3.0'])
    assert.ok(!pair(...(names.split(' & ') as [string, string])), names)
})

const rows = (license: (i: number) => string | null) =>
  Array.from({ length: 60 }, (_, i) => ({ cells: { text: `review ${i}`, license: license(i) } }))
const said = (license: (i: number) => string | null) =>
  drive(provenance, rows(license)).findings.map(({ message, severity, rows: listed }) => [
    message.slice('provenance/license-'.length),
    severity,
    listed.map(({ row }) => row).join(' '),
  ])

test('what is said of a data set, and of which rows', () => {
  assert.deepEqual(
    said((i) => (i === 7 ? 'shop licence 7' : i === 9 ? 'unknown' : 'MIT')),
    [
      ['unknown', 'low', '7'],
      ['unknown', 'info', '9'],
    ],
  )
  assert.deepEqual(
    said((i) => (i % 20 === 3 ? 'GPL-2.0' : 'CC-BY-SA-4.0')),
    [['clash', 'low', '3 23 43']],
  )
  assert.deepEqual(
    said((i) => (i < 2 ? 'CC-BY-NC-ND-4.0' : 'CC-BY-4.0')),
    [
      ['restricted', 'low', '0 1'],
      ['restricted', 'low', '0 1'],
    ],
  )
  // Where most rows are like that none stands out.
  assert.deepEqual(
    said((i) => (i < 50 ? 'house terms' : 'MIT')),
    [['unknown', 'low', '']],
  )
  assert.deepEqual(
    said(() => 'CC-BY-NC-4.0'),
    [],
  )
})

test('more names than are kept: the count is whole, and hostile cells take no time', () => {
  const { findings } = drive(
    provenance,
    Array.from({ length: 3000 }, (_, i) => ({ cells: { text: `review ${i}`, license: `house terms ${i}` } })),
    { cuts: [1000, 2000] },
  )
  assert.match(
    findings[0]?.title ?? '',
    /^3000 rows of 3000 under a licence that no list names: "house terms \d+", .* and 253 more$/,
  )
  const started = performance.now()
  for (const cell of ['('.repeat(2 ** 20), ' or '.repeat(2 ** 18), 'a-'.repeat(2 ** 19), '\ud800'.repeat(2 ** 20)])
    licenseOf(cell)
  // Quadratic would take minutes; machines that run tests are shared.
  assert.ok(performance.now() - started < 5000)
})
