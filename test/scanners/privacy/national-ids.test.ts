import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { luhn, mod11and10, verhoeff } from '../../../scanners/privacy/check-digits.js'
import { nationalIds } from '../../../scanners/privacy/national-ids.js'

/** `type value` of each. */
const seen = (text: string): string[] => nationalIds(text).map(({ type, value }) => `${type} ${value}`)

describe('identity numbers that their offices or python-stdnum print as valid', () => {
  const cases: readonly (readonly [type: string, text: string, written: string])[] = [
    ['US SSN', 'Her SSN is 536-90-4399.', '536-90-4399'],
    ['UK NINO', 'National Insurance: JG103759A', 'JG103759A'],
    ['UK NINO', 'quote JG 10 37 59 A in letters', 'JG 10 37 59 A'],
    ['UK NHS number', 'NHS number 943 476 5870', '943 476 5870'],
    ['Spanish DNI/NIE', 'DNI: 54362315K', '54362315K'],
    ['Spanish DNI/NIE', 'con NIE X-2482300-W', 'X-2482300-W'],
    ['Italian codice fiscale', 'nata a Firenze, RCCMNL83S18D969H', 'RCCMNL83S18D969H'],
    ['French NIR', 'immatriculée 2 95 10 99 126 111 93', '2 95 10 99 126 111 93'],
    ['Dutch BSN', 'BSN 111222333', '111222333'],
    ['Belgian national number', '85.07.30-033.28', '85.07.30-033.28'],
    ['German tax ID', 'Steuer-ID: 36 574 261 809', '36 574 261 809'],
    ['Swiss AHV number', 'AHV 756.9217.0769.85', '756.9217.0769.85'],
    ['Portuguese NIF', 'contribuinte 501964843', '501964843'],
    ['Swedish personnummer', 'personnummer 880320-0016', '880320-0016'],
    ['Finnish HETU', 'syntynyt 131052-308T', '131052-308T'],
    ['Norwegian birth number', 'fødselsnummer 151086 95088', '151086 95088'],
    ['Danish CPR number', 'CPR 211062-5629', '211062-5629'],
    ['Polish PESEL', 'PESEL 44051401359', '44051401359'],
    ['Czech or Slovak birth number', 'rodné číslo 710319/2745', '710319/2745'],
    ['Romanian CNP', 'CNP 1630615123457', '1630615123457'],
    ['Russian SNILS', 'СНИЛС 112-233-445 95', '112-233-445 95'],
    ['Russian INN', 'ИНН 500100732259', '500100732259'],
    ['Turkish identity number', 'T.C. Kimlik No: 17291716060', '17291716060'],
    ['Indian Aadhaar', 'Aadhaar 2341 2341 2346', '2341 2341 2346'],
    ['Indian PAN', 'PAN ACUPA7085R', 'ACUPA7085R'],
    ['Chinese resident ID', '身份证 11010519491231002X', '11010519491231002X'],
    ['South Korean resident number', '주민등록번호 971013-9019902', '971013-9019902'],
    ['Brazilian CPF', 'paga por 390.533.447-05', '390.533.447-05'],
    ['Brazilian CNPJ', 'emitida por 16.727.230/0001-97', '16.727.230/0001-97'],
    ['Mexican CURP', 'clave BOXW310820HNERXN09', 'BOXW310820HNERXN09'],
    ['Chilean RUT', 'RUT 12.531.909-2', '12.531.909-2'],
    ['Argentine CUIL/CUIT', 'CUIT 20-05536168-2', '20-05536168-2'],
    ['Canadian SIN', 'SIN 130 692 544', '130 692 544'],
    ['South African ID', 'ID 7503305044089', '7503305044089'],
  ]
  for (const [type, text, written] of cases) {
    const value = written.replace(/[^A-Za-z\d]/g, '')
    test(`${type}: ${text}`, () => assert.deepEqual(seen(text), [`${type} ${value}`]))
    test(`${type}: one digit wrong`, () => {
      if (['US SSN', 'UK NINO', 'Danish CPR number', 'Indian PAN'].includes(type)) return
      const last = written.search(/\d(?=\D*$)/)
      const wrong = written.slice(0, last) + String((Number(written[last]) + 1) % 10) + written.slice(last + 1)
      assert.deepEqual(seen(text.replace(written, wrong)), [])
    })
  }
})

describe('other numbers give nothing', () => {
  const cases: readonly string[] = [
    'order 536-90-4399 shipped',
    'SSN 078-05-1120, SSN 219-09-9999, SSN 000-12-3456, SSN 666-12-3456, SSN 912-34-5678',
    'SSN 123-45-6789',
    'part 54362315K',
    'DNI 12345678Z',
    'ISBN 978-3-16-148410-0 and 111222333',
    'in 1990 1991 1992 there were 44051401359 of them',
    'the range 880320-0016',
    '2004-05-06 12:30:45 and 2004/05/06',
    'version 85.07.30 build 033.28',
    'QQ123456C is the example',
  ]
  for (const text of cases) test(text, () => assert.deepEqual(seen(text), []))
})

test('check digits of the published examples', () => {
  assert.ok(luhn('79927398713') && !luhn('79927398710'))
  assert.ok(verhoeff('2363') && !verhoeff('2364'))
  assert.ok(mod11and10('36574261809') && !mod11and10('36574261890'))
})
