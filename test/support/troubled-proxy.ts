import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What befalls a request: nothing, an answer of 503, a lost connection before or after the server has it, a bit flipped on the way. */
export type Trouble = 'none' | 'busy' | 'lost' | 'lost-answer' | 'flipped'
export type TroubledProxy = {
  address: string
  /** How many requests have come. */
  asked(): number
  /** Befalls the next requests, one after the other; later ones pass. */
  befall(...troubles: Trouble[]): void
  stop(): Promise<void>
}

/**
 * Stands before an S3 server and passes on what comes, but for the trouble it is told to make. It checks `Content-MD5` as S3
 * does (API reference, PutObject: BadDigest), which the server of the tests does not.
 */
export async function troubledProxy(target: string): Promise<TroubledProxy> {
  const { hostname, port } = new URL(target)
  let asked = 0
  let troubles: Trouble[] = []
  const server = createServer((from, to) => {
    asked++
    void pass(from, to, troubles.shift()).catch(() => to.destroy())
  })

  async function pass(from: IncomingMessage, to: ServerResponse, trouble: Trouble | undefined): Promise<void> {
    const body = Buffer.concat(await from.toArray())
    if (trouble === 'busy') return void to.writeHead(503, { 'content-type': 'application/xml' }).end()
    if (trouble === 'lost') return void to.destroy()
    if (trouble === 'flipped' && body.length > 0) body[body.length >> 1]! ^= 1
    if (!isWhole(from, body)) return void to.writeHead(400, { 'content-type': 'application/xml' }).end(badDigest)
    const { method, url, rawHeaders } = from
    const passed = request({ hostname, port, method, path: url, headers: rawHeaders as never })
    passed.end(body)
    const [answer] = (await once(passed, 'response')) as [IncomingMessage]
    if (trouble === 'lost-answer') {
      answer.resume()
      return void to.destroy()
    }
    to.writeHead(answer.statusCode ?? 502, answer.headers)
    answer.pipe(to)
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => asked,
    befall(...next) {
      asked = 0
      troubles = next
    },
    async stop() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

const badDigest = '<?xml version="1.0"?><Error><Code>BadDigest</Code><Message>not what was sent</Message></Error>'

function isWhole({ headers }: IncomingMessage, body: Buffer): boolean {
  const said = headers['content-md5']
  return said === undefined || said === createHash('md5').update(body).digest('base64')
}
