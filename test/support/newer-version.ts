import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import type { Zekken } from './start-zekken.ts'

export type Upgradable = {
  /** The same installation, reached through the door. */
  zekken: Zekken
  /** From now on the staff app's worker is a newer one. */
  upgrade(): void
  close(): void
}

/** A door before the server behind which a newer version of the staff app can appear; no file of the build is touched. */
export async function upgradable(zekken: Zekken): Promise<Upgradable> {
  let newer = false
  const door = createServer((asked, answer) => {
    pass(asked, answer, newer && asked.url === '/staff/worker.js')
  }).listen(0, 'localhost')
  await once(door, 'listening')
  const url = `http://localhost:${(door.address() as AddressInfo).port}`
  return {
    zekken: {
      ...zekken,
      url,
      invite: async (...who) => (await zekken.invite(...who)).replace(zekken.url, url),
    },
    upgrade() {
      newer = true
    },
    close() {
      door.closeAllConnections()
      door.close()
    },
  }

  function pass(asked: IncomingMessage, answer: ServerResponse, changed: boolean): void {
    const { method, headers, url: path = '/' } = asked
    if (changed) headers['accept-encoding'] = 'identity'
    const onward = request(zekken.url + path, { method, headers }, async (found) => {
      if (!changed) return void found.pipe(answer.writeHead(found.statusCode ?? 502, found.headers))
      const { 'content-length': _, ...kept } = found.headers
      answer.writeHead(found.statusCode ?? 502, kept).end(`${await text(found)}\n// a newer version\n`)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  }
}
