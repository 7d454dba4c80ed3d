import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import { office } from '../../design-docs/databases.ts'
import { type Config, readConfig } from '../config.ts'
import type { Couch } from '../couch/client.ts'
import { openCouch } from '../couch/open-couch.ts'
import { errorHandler } from '../gateway/answer-error.ts'
import { issueAccessToken } from '../login/access-token.ts'
import { type Keys, loadKeys } from '../login/keys.ts'
import { elsewhereRoutes } from './elsewhere-routes.ts'
import { linesType } from './follow-replay.ts'
import { operationRoutes } from './operation-routes.ts'
import { runAlone } from './run-alone.ts'

export type Operation = 'replay' | 'redrive' | 'sweep' | 'audit'

/**
 * Asks the running server of this configuration for an operation; when none answers, opens the database itself, does
 * it or leaves a note of it, and closes it again. Answers what the route answers.
 */
export async function runOperation(
  operation: Operation,
  body: object,
  onLine?: OnLine,
): Promise<Record<string, unknown>> {
  return await askOrDo({ operation, body, onLine }).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
}

async function askOrDo(asked: Asked): Promise<Record<string, unknown>> {
  const { operation, onLine } = asked
  const config = readConfig(process.env)
  const keys = await loadKeys({ folder: join(config.dataDir, 'keys'), env: process.env })
  const read = async (response: Response) => {
    if (response.ok && response.headers.get('content-type') === linesType) return await lastLine(response, onLine)
    const answer = (await response.json()) as Record<string, unknown>
    if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error ?? answer)}`)
    return answer
  }
  const response = await askServer(config, keys, asked)
  return response ? await read(response) : await doAlone({ config, keys, asked, read })
}

type OnLine = (line: Record<string, unknown>) => void
type Asked = {
  operation: Operation
  body: object
  /** Hears each line of an answer that comes in lines, the last one too, which is the answer. */
  onLine?: OnLine | undefined
}

async function lastLine(response: Response, onLine: OnLine = () => {}): Promise<Record<string, unknown>> {
  let last: Record<string, unknown> | undefined
  try {
    for await (const line of createInterface({ input: Readable.fromWeb(response.body as never) })) {
      last = JSON.parse(line) as Record<string, unknown>
      onLine(last)
    }
  } catch (cause) {
    throw new Error('the connection ended first; what was begun goes on by itself where the server runs', { cause })
  }
  if (!last) throw new Error('the server ended without an answer')
  return last
}

const requestOf = (url: string, { body, onLine }: Asked, headers: Record<string, string> = {}) =>
  new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(onLine && { accept: linesType }), ...headers },
    body: JSON.stringify(body),
  })

/** Null when there is no server at that port. */
async function askServer(config: Config, keys: Keys, asked: Asked): Promise<Response | null> {
  const subject = {
    account: 'command',
    session: 'command',
    device: 'command0',
    event: 'all',
    role: 'server',
    teams: [],
  } as const
  const { accessToken } = await issueAccessToken(keys, subject, { nowMs: Date.now() })
  const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host
  const url = `${config.tls ? 'https' : 'http'}://${host}:${config.port}/api/operations/${asked.operation}`
  return await fetch(requestOf(url, asked, { authorization: `Bearer ${accessToken}` })).catch((error: unknown) => {
    if (isRefused(error)) return null
    throw error
  })
}

const isRefused = (error: unknown) => {
  const { cause } = error as { cause?: { code?: string } }
  return cause?.code === 'ECONNREFUSED'
}

type Alone<T> = { config: Config; keys: Keys; asked: Asked; read(response: Response): Promise<T> }

async function doAlone<T>({ config, keys, asked, read }: Alone<T>): Promise<T> {
  const { operation } = asked
  const { couch, close } = await openCouch(config)
  try {
    if (!(await couch.exists(office)))
      throw new Error(`no server answers at port ${config.port}, and there is no installation in ${config.dataDir}`)
    const request = requestOf(`http://alone/${operation}`, asked)
    // A CouchDB of its own may be at work with another machine's runner, beside which there must be no second one.
    const mayPassOn = operation === 'redrive' && config.couchdbUrl !== undefined
    if (config.runFunctions && !mayPassOn && operation !== 'audit')
      return await doByRunner(request, { config, keys, couch, read })
    const routes = elsewhereRoutes({ office: couch.database(office), now: Date.now })
    return await read(await routes.onError(errorHandler(() => {})).request(request))
  } finally {
    await close()
  }
}

async function doByRunner<T>(request: Request, parts: Omit<Alone<T>, 'asked'> & { couch: Couch }): Promise<T> {
  const { config, keys, couch, read } = parts
  const runner = await runAlone(config, { keys, couch })
  try {
    return await read(await operationRoutes(runner).request(request))
  } finally {
    await runner.stop()
  }
}
