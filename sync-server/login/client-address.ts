import { BlockList, isIP } from 'node:net'
import type { MiddlewareHandler } from 'hono'

/** Whether an address is one of these: single addresses and networks such as `10.0.0.0/8` or `fd00::/8`. */
export type Proxies = { has(address: string): boolean; size: number }

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Reads `TRUSTED_PROXIES`. Throws an Error that names the part which is no address. */
export function readProxies(text: string): Proxies {
  const list = new BlockList()
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  for (const part of parts) {
    const [address = '', bits, ...more] = part.split('/')
    const most = isIP(address) === 6 ? 128 : 32
    const isNetwork = bits !== undefined && /^\d{1,3}$/.test(bits) && Number(bits) <= most
    if (isIP(address) === 0 || more.length > 0 || (bits !== undefined && !isNetwork))
      throw new Error(`“${part}” is no address and no network such as 10.0.0.0/8`)
    if (bits === undefined) list.addAddress(address, family(address))
    else list.addSubnet(address, Number(bits), family(address))
  }
  return { has: (address) => isIP(address) !== 0 && list.check(address, family(address)), size: parts.length }
}

/**
 * The address of whoever asked: that of the socket, unless that is a trusted proxy; then the last one that the proxies
 * added to X-Forwarded-For and that is none of them. What stands before it was written by the client and proves nothing.
 */
export function clientAddress(socket: string, forwarded: string | undefined, proxies: Proxies): string {
  let address = plain(socket)
  const added = (forwarded ?? '').split(',').map((part) => plain(part.trim()))
  while (proxies.has(address)) {
    const before = added.pop()
    if (before === undefined || isIP(before) === 0) return address
    address = before
  }
  return address
}

/** `::ffff:192.0.2.1`, `192.0.2.1:4711` and `[2001:db8::1]:4711` without what is added to the address. */
const plain = (text: string) =>
  text
    .replace(/^\[([^\]]*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/^::ffff:(?=\d+\.)/i, '')

/** Notes where each request came from, for `addressOf`; to be mounted before everything else. */
export function noteAddress(proxies: Proxies): MiddlewareHandler {
  return async (c, next) => {
    const { incoming } = (c.env ?? {}) as { incoming?: { socket?: { remoteAddress?: string } } }
    const socket = incoming?.socket?.remoteAddress ?? ''
    c.set('clientAddress', clientAddress(socket, c.req.header('x-forwarded-for'), proxies))
    await next()
  }
}
