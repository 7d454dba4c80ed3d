import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Heard = { path: string; key: string; authorization: string | undefined; body: Record<string, unknown> }
type Manner = (response: ServerResponse, heard: Heard) => void

const json = (status: number, body: unknown, headers: Record<string, string> = {}): Manner => {
  return (response) =>
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

/** Ways in which a system out there may answer. */
export const manners = {
  accepts: ((response, { body, path }) => {
    const id = path.endsWith('register_team') ? { team_id: `EXT-${body.zekken_number}` } : {}
    json(200, { status: 'OK', ...id })(response, {} as Heard)
  }) satisfies Manner,
  refuses: json(400, { status: 'ERROR', message: 'class_name is unknown' }),
  refusesWithOk: json(200, { status: 'ERROR', message: 'the event is over' }),
  stumbles: json(503, { message: 'later' }),
  asksForPatience: json(429, { message: 'slowly' }, { 'retry-after': '600' }),
  isPortal: ((response) => response.writeHead(200).end('<html>Please sign in to the Wi-Fi</html>')) satisfies Manner,
  redirects: ((response) => response.writeHead(302, { location: '/elsewhere' }).end()) satisfies Manner,
  /** Takes the call and never answers. */
  isSilent: (() => {}) satisfies Manner,
  /** Takes the call, begins to answer, and is gone. */
  diesInTheMiddle: ((response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' })
    response.write('{"status":"OK","team_id":')
    setImmediate(() => response.destroy())
  }) satisfies Manner,
  neverEnds: ((response) => {
    response.writeHead(200, { 'content-type': 'application/json' })
    const more = () => response.write(' '.repeat(16_384)) && setImmediate(more)
    response.on('drain', more)
    more()
  }) satisfies Manner,
} satisfies Record<string, Manner>

/** A system like the one that teams are passed on to: a real server that hears calls and behaves as it is told. */
export async function outsideServer() {
  const heard: Heard[] = []
  let manner: Manner = () => {}
  let accepted = 0
  /** What it has done, by the key of the call: a call that comes twice is done once. */
  const done = new Map<string, Heard>()
  const server = createServer((request, response) => {
    void read(request).then((one) => {
      heard.push(one)
      manner(response, one)
    })
  })
  const listen = (port: number) =>
    new Promise<number>((resolve) =>
      server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
    )
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  function behave(next: Manner) {
    manner = (response, one) => {
      if (next !== manners.refuses && next !== manners.stumbles) done.set(one.key, one)
      if (next === manners.accepts) accepted++
      next(response, one)
    }
  }
  behave(manners.accepts)
  const port = await listen(0)
  return {
    url: `http://127.0.0.1:${port}`,
    heard,
    done,
    behave,
    /** How many calls were answered with a yes. */
    accepted: () => accepted,
    goAway: close,
    comeBack: () => listen(port),
    close,
  }
}
export type OutsideServer = Awaited<ReturnType<typeof outsideServer>>

async function read(request: IncomingMessage): Promise<Heard> {
  let text = ''
  for await (const chunk of request) text += chunk
  const { authorization } = request.headers
  const key = String(request.headers['idempotency-key'])
  return { path: request.url ?? '', key, authorization, body: JSON.parse(text) as Record<string, unknown> }
}
