import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { destinationOf, NoHost, Refusal } from '../../src/online/destination.js'
import { isAllowed, listOf } from '../../src/online/ranges.js'

const nothing = listOf([])

describe('where --online may go', () => {
  test('private, local, special and metadata addresses are refused, in whatever writing', () => {
    for (const ip of [
      ...['127.0.0.1', '127.255.255.254', '10.0.0.1', '172.16.0.1', '172.31.255.255', '192.168.1.1', '169.254.169.254'],
      ...['100.64.0.1', '100.100.100.200', '168.63.129.16', '0.0.0.0', '224.0.0.1', '255.255.255.255', '192.0.0.192'],
      ...['198.18.0.1', '::1', '::', 'fe80::1', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:127.0.0.1', '::ffff:10.0.0.1'],
      ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001::1', '2001:db8::1', '::7f00:1', '::ffff:7f00:1', 'x', ''],
    ]) {
      assert.equal(isAllowed(ip, nothing), false, ip)
    }
    for (const ip of ['1.1.1.1', '172.15.255.255', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8']) {
      assert.equal(isAllowed(ip, nothing), true, ip)
    }
  })

  test('a range that is allowed is, and what is no range is said', () => {
    const own = listOf(['10.1.0.0/16', 'fd00:1::/32'])
    assert.deepEqual(
      ['10.1.2.3', '10.2.0.1', '::ffff:10.1.0.1', 'fd00:1::5', 'fd00:2::5'].map((ip) => isAllowed(ip, own)),
      [true, false, true, true, false],
    )
    for (const wrong of ['10.0.0.0', '10.0.0.0/33', 'host/8', '::/129', '10.0.0.0/8/8', '']) {
      assert.throws(() => listOf([wrong]), { code: 'usage' }, wrong)
    }
  })

  test('addresses of rows: numbers that mean 127.0.0.1, other schemes, names with passwords, ports of others', async () => {
    for (const url of [
      ...['http://127.0.0.1/', 'http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://127.1/', 'http://[::1]/'],
      ...['http://[::ffff:127.0.0.1]/', 'http://localhost/', 'http://①②⑦.0.0.1/', 'http://169.254.169.254/latest/meta-data/'],
      ...[
        'file:///etc/passwd',
        'ftp://1.1.1.1/',
        'gopher://1.1.1.1/',
        'javascript:1',
        'http://a:b@1.1.1.1/',
        'http://1.1.1.1:22/',
      ],
      ...['http://1.1.1.1:25/', 'http:', '', 'http://[fe80::1%25eth0]/'],
    ]) {
      await assert.rejects(destinationOf(url, nothing), Refusal, url)
    }
    const { ip, family } = await destinationOf('https://1.1.1.1:8443/x', nothing)
    assert.deepEqual([ip, family], ['1.1.1.1', 4])
    assert.ok(NoHost.prototype instanceof Error)
  })
})
