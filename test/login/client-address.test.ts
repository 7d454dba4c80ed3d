import { Hono } from 'hono'
import { expect, test } from 'vitest'
import { clientAddress, noteAddress, readProxies } from '../../sync-server/login/client-address.ts'
import { addressOf } from '../../sync-server/login/rate-limit.ts'

const proxies = readProxies('127.0.0.1, 10.0.0.0/8 ,::1')
const from = (socket: string, forwarded?: string, known = proxies) => clientAddress(socket, forwarded, known)

test('[LG81] behind a named proxy it is the last address that proxies added; before one nobody else has a word', () => {
  expect(from('127.0.0.1', '203.0.113.7')).toBe('203.0.113.7')
  expect(from('::ffff:127.0.0.1', '203.0.113.7, 10.1.2.3')).toBe('203.0.113.7')
  // What a client wrote itself stands before what the proxy added.
  expect(from('127.0.0.1', '198.51.100.1, 203.0.113.7')).toBe('203.0.113.7')
  expect(from('127.0.0.1', '10.9.9.9, 198.51.100.1')).toBe('198.51.100.1')
  expect(from('203.0.113.9', '198.51.100.1')).toBe('203.0.113.9')
  expect(from('203.0.113.9', '127.0.0.1')).toBe('203.0.113.9')
  expect(from('127.0.0.1', '198.51.100.1', readProxies(''))).toBe('127.0.0.1')
})

test.each([
  ['', '127.0.0.1'],
  [undefined, '127.0.0.1'],
  ['unknown', '127.0.0.1'],
  ['1.2.3.4, <script>', '127.0.0.1'],
  ['[2001:db8::7]:443', '2001:db8::7'],
  ['203.0.113.7:51234', '203.0.113.7'],
  ['10.0.0.1, 10.0.0.2', '10.0.0.1'],
])('[LG81] a header of %j gives %s', (header, address) => {
  expect(from('127.0.0.1', header)).toBe(address)
})

test.each(['localhost', '10.0.0.0/33', '10.0.0.0/', '::/129', '1.2.3', '10.0.0.0/8/8'])(
  '[LG82] %s is no proxy’s address',
  (text) => {
    expect(() => readProxies(`127.0.0.1,${text}`)).toThrow(text)
  },
)

test('[LG83] limits by address count each client behind the proxy for itself, and a network of IPv6 once', async () => {
  const app = new Hono()
  app.use(noteAddress(proxies))
  app.get('/', (c) => c.text(addressOf(c)))
  const seen = async (remoteAddress: string, forwarded: string) =>
    await (
      await app.request('/', { headers: { 'x-forwarded-for': forwarded } }, { incoming: { socket: { remoteAddress } } })
    ).text()
  expect(await seen('127.0.0.1', '203.0.113.7')).toBe('203.0.113.7')
  expect(await seen('127.0.0.1', '203.0.113.8')).toBe('203.0.113.8')
  expect(await seen('203.0.113.9', '203.0.113.8')).toBe('203.0.113.9')
  for (const one of ['2001:db8:0:1::7', '2001:0db8::1:ffff:0:0:9', '2001:db8:0:1:2:3:4:5'])
    expect(await seen('::1', one)).toBe('2001:db8:0:1::/64')
  expect(await seen('::1', '2001:db8:0:2::7')).toBe('2001:db8:0:2::/64')
})
