import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { startZekken, type Zekken } from '../support/start-zekken.ts'

let zekken: Zekken
beforeAll(async () => {
  // It reads the files of the embedded database.
  vi.stubEnv('COUCHDB_URL', undefined)
  zekken = await startZekken()
})
afterAll(async () => {
  await zekken?.end()
  vi.unstubAllEnvs()
})

const json = { 'content-type': 'application/json' }
const send = async (method: string, path: string, body: unknown, headers: Record<string, string> = {}) => {
  const answer = await fetch(zekken.url + path, {
    method,
    headers: { ...json, ...headers },
    body: JSON.stringify(body),
  })
  expect(answer.status, `${method} ${path}: ${answer.ok ? '' : await answer.text()}`).toBeLessThan(300)
  return answer
}

/** All bytes that the installation has on disk. */
async function onDisk(): Promise<Map<string, Buffer>> {
  const entries = await readdir(zekken.dataDir, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return new Map(await Promise.all(files.map(async (file) => [file, await readFile(file)] as const)))
}

test('[OD1] what opens a door lies nowhere on disk as it is: codes, tokens, cookies, passwords, secrets', async () => {
  const events = `/api/events/${zekken.event}`
  const secrets = new Map<string, string>()
  const unused = (await zekken.invite('judge', '審査 ひとり')).split('#invite=')[1] ?? ''
  secrets.set('an invitation that waits', unused)
  const token = (await zekken.invite('core', '本部 ふたり')).split('#invite=')[1] ?? ''
  secrets.set('an invitation that was used', token)
  const device = { id: 'phone0000042', name: 'Phone', app: 'staff', version: '1' }
  const signedIn = await send('POST', '/api/login/invitation', { token, device })
  const { accessToken } = (await signedIn.json()) as { accessToken: string }
  secrets.set('an access token', accessToken)
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0]?.split('=')[1] ?? ''
  secrets.set('a cookie', decodeURIComponent(cookie))
  const bearer = { authorization: `Bearer ${await zekken.token('admin')}` }
  await send('PUT', `${events}/teams/101/password`, { password: 'kinka castle 1567' }, bearer)
  secrets.set('a team’s password', 'kinka castle 1567')
  const agent = await send('POST', `${events}/agents`, { name: '代理 さんにん', teams: ['101'] }, bearer)
  secrets.set('an agent’s secret', ((await agent.json()) as { secret: string }).secret)
  const shown = await send('POST', `${events}/teams/101/sign-in`, {}, bearer)
  const made = (await shown.json()) as { link: string; code: string }
  secrets.set('a sign-in link', made.link.split('#')[1]?.split('=')[1] ?? '')
  secrets.set('its code', made.code)
  const station = { name: '局', host: '127.0.0.1', port: 25, security: 'plain', user: 'me', from: 'hq@run.example' }
  const budget = { mailsPerDay: 100, minutesPerDay: 90, password: 'station secret 9' }
  await send('POST', `${events}/stations`, { ...station, ...budget }, bearer)
  secrets.set('the password of a mail account', 'station secret 9')

  const files = await onDisk()
  const holders = (text: string) => [...files].filter(([, bytes]) => bytes.includes(text)).map(([file]) => file)
  // Names written in the same moments are found, so that looking for secrets can find them.
  for (const name of ['審査 ひとり', '代理 さんにん', 'hq@run.example']) expect(holders(name), name).not.toEqual([])
  for (const [what, secret] of secrets) {
    expect(secret.length, what).toBeGreaterThanOrEqual(6)
    expect(holders(secret), what).toEqual([])
  }
})
