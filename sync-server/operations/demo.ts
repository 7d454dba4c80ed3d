import { randomInt } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import type { CheckpointDoc } from '../../design-docs/plan.ts'
import { readConfig } from '../config.ts'
import { issueAccessToken } from '../login/access-token.ts'
import { loadKeys } from '../login/keys.ts'
import { liveDay } from './demo/live-day.ts'

const usage = 'npm run demo -- --live [--event demo] [--every 4]   while the server runs\n'

/** Keeps the demo event moving: every few seconds a team checks in or finishes, until it is interrupted. */
await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      live: { type: 'boolean', default: false },
      event: { type: 'string', default: 'demo' },
      every: { type: 'string', default: '4' },
    },
  })
  const everyMs = Number(values.every) * 1000
  if (!values.live || !(everyMs >= 100)) throw new Error('The demo event itself is made by npm start.')
  const config = readConfig(process.env)
  const { event } = values
  const keys = await loadKeys({ folder: join(config.dataDir, 'keys'), env: process.env })
  const base = `${config.tls ? 'https' : 'http'}://${config.host === '0.0.0.0' ? '127.0.0.1' : config.host}:${config.port}`

  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const subject = {
      account: 'demo',
      session: 'demo',
      device: 'democommand',
      event,
      role: 'admin',
      teams: [],
    } as const
    const { accessToken } = await issueAccessToken(keys, subject, { nowMs: Date.now() })
    const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'application/json' }
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) }
    const response = await fetch(`${base}/api/events/${event}${path}`, init)
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
    return await response.json()
  }

  const { checkpoints } = (await ask('/plan')) as { checkpoints: CheckpointDoc[] }
  const { teams } = (await ask('/teams')) as { teams: { team: string; state: string }[] }
  const step = liveDay({
    base,
    now: Date.now,
    seed: randomInt(2 ** 31),
    checkpoints,
    teams: teams.map(({ team, state }) => ({ number: team, finished: state !== 'on-course', members: 3 })),
    say: (text) => process.stdout.write(text),
    async invite(role, name, ofTeams) {
      const { link } = (await ask('/invitations', { role, name, teams: ofTeams })) as { link: string }
      return link.slice(link.indexOf('#invite=') + '#invite='.length)
    },
  })
  for (;;) {
    await step()
    await pause(everyMs * (0.5 + Math.random()))
  }
}
