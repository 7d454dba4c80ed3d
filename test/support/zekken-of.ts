import { join } from 'node:path'
import type { Role } from '../../design-docs/primitives.ts'
import { issueAccessToken } from '../../sync-server/login/access-token.ts'
import { loadKeys } from '../../sync-server/login/keys.ts'
import type { ServerProcess } from './server-process.ts'
import type { Zekken } from './start-zekken.ts'

type Parts = { url: string; dataDir: string; event: string; server: ServerProcess }

/** The doors of a server that runs, but for its end. */
export async function zekkenOf({ url, dataDir, event, server }: Parts): Promise<Omit<Zekken, 'end'>> {
  const keys = await loadKeys({ folder: join(dataDir, 'keys') })

  async function token(role: Role, teams: string[] = []): Promise<string> {
    const subject = { account: 'test', session: 'test', device: 'testdevice', event, role, teams }
    return (await issueAccessToken(keys, subject, { nowMs: Date.now() })).accessToken
  }

  async function call(method: string, path: string, { role, body }: { role: Role; body?: unknown }): Promise<unknown> {
    const headers = { authorization: `Bearer ${await token(role)}`, 'content-type': 'application/json' }
    const init = { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }
    const response = await fetch(url + path, init)
    if (!response.ok) throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`)
    return await response.json()
  }

  return {
    url,
    dataDir,
    event,
    token,
    async invite(role, name, teams = []) {
      const made = await call('POST', `/api/events/${event}/invitations`, {
        role: 'admin',
        body: { role, name, teams },
      })
      return (made as { link: string }).link
    },
    get: (path, role = 'admin') => call('GET', path, { role }),
    post: (path, body, role = 'admin') => call('POST', path, { role, body }),
    put: (path, body, role = 'admin') => call('PUT', path, { role, body }),
    stop: (signal) => server.stop(signal),
    start: () => server.start(),
    pid: () => server.child().pid ?? Number.NaN,
  }
}
