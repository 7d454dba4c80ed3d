import { join } from 'node:path'
import { office } from '../../design-docs/databases.ts'
import { type Config, readConfig } from '../config.ts'
import type { Couch } from '../couch/client.ts'
import { openCouch } from '../couch/open-couch.ts'
import { errorHandler } from '../gateway/answer-error.ts'
import { issueAccessToken } from '../login/access-token.ts'
import { type Keys, loadKeys } from '../login/keys.ts'
import { elsewhereRoutes } from './elsewhere-routes.ts'
import { operationRoutes } from './operation-routes.ts'
import { runAlone } from './run-alone.ts'

export type Operation = 'replay' | 'redrive' | 'sweep' | 'audit'

/**
 * Asks the running server of this configuration for an operation; when none answers, opens the database itself, does
 * it or leaves a note of it, and closes it again. Answers what the route answers.
 */
export async function runOperation(operation: Operation, body: object): Promise<Record<string, unknown>> {
  return await askOrDo(operation, body).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
    process.exit(1)
  })
}

async function askOrDo(operation: Operation, body: object): Promise<Record<string, unknown>> {
  const config = readConfig(process.env)
  const keys = await loadKeys({ folder: join(config.dataDir, 'keys'), env: process.env })
  const response =
    (await askServer(config, keys, { operation, body })) ?? (await doAlone(config, keys, { operation, body }))
  const answer = (await response.json()) as Record<string, unknown>
  if (!response.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error ?? answer)}`)
  return answer
}

type Asked = { operation: Operation; body: object }

const requestOf = (url: string, body: object, headers: Record<string, string>) =>
  new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

/** Null when there is no server at that port. */
async function askServer(config: Config, keys: Keys, { operation, body }: Asked): Promise<Response | null> {
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
  const url = `${config.tls ? 'https' : 'http'}://${host}:${config.port}/api/operations/${operation}`
  return await fetch(requestOf(url, body, { authorization: `Bearer ${accessToken}` })).catch((error: unknown) => {
    if (isRefused(error)) return null
    throw error
  })
}

const isRefused = (error: unknown) => {
  const { cause } = error as { cause?: { code?: string } }
  return cause?.code === 'ECONNREFUSED'
}

async function doAlone(config: Config, keys: Keys, { operation, body }: Asked): Promise<Response> {
  const { couch, close } = await openCouch(config)
  try {
    if (!(await couch.exists(office)))
      throw new Error(`no server answers at port ${config.port}, and there is no installation in ${config.dataDir}`)
    const request = requestOf(`http://alone/${operation}`, body, {})
    // A CouchDB of its own may be at work with another machine's runner, beside which there must be no second one.
    const mayPassOn = operation === 'redrive' && config.couchdbUrl !== undefined
    if (config.runFunctions && !mayPassOn && operation !== 'audit')
      return await doByRunner(request, { config, keys, couch })
    const routes = elsewhereRoutes({ office: couch.database(office), now: Date.now })
    return await routes.onError(errorHandler(() => {})).request(request)
  } finally {
    await close()
  }
}

async function doByRunner(request: Request, { config, keys, couch }: { config: Config; keys: Keys; couch: Couch }) {
  const runner = await runAlone(config, { keys, couch })
  try {
    return await operationRoutes(runner).request(request)
  } finally {
    await runner.stop()
  }
}
