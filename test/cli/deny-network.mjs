// Preloaded by every process of a scan: whatever reaches for the network is written down and fails.
import { appendFileSync } from 'node:fs'
import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import http2 from 'node:http2'
import https from 'node:https'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'
import tls from 'node:tls'

const log = process.env.DENIED_NETWORK_LOG
appendFileSync(log, `loaded ${process.pid}\n`)

/** @param {string} what */
const deny = (what) =>
  function denied() {
    appendFileSync(log, `denied ${what}\n`)
    throw new Error(`the network is denied: ${what}`)
  }
/** @param {string} name @param {object} owner @param {readonly string[]} methods */
const denyAll = (name, owner, methods) => {
  for (const method of methods) owner[method] = deny(`${name}.${method}`)
}

denyAll('net.Socket', net.Socket.prototype, ['connect'])
denyAll('net.Server', net.Server.prototype, ['listen'])
denyAll('net', net, ['connect', 'createConnection'])
denyAll('tls', tls, ['connect'])
denyAll('dgram', dgram, ['createSocket'])
denyAll('http', http, ['request', 'get'])
denyAll('https', https, ['request', 'get'])
denyAll('http2', http2, ['connect'])
const resolvers = Object.keys(dns).filter((name) => /^(lookup|resolve|reverse)/.test(name))
denyAll('dns', dns, resolvers)
denyAll(
  'dns.promises',
  dns.promises,
  resolvers.filter((name) => name in dns.promises),
)
denyAll('globalThis', globalThis, ['fetch', 'WebSocket', 'EventSource'])
syncBuiltinESMExports()
