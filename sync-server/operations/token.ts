import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { eventCode, role as roleSchema, roles, teamNumber } from '../../design-docs/primitives.ts'
import { readConfig } from '../config.ts'
import { issueAccessToken } from '../login/access-token.ts'
import { loadKeys } from '../login/keys.ts'

const usage = 'npm run token -- --event demo --role judge [--team 12] [--ttl 1h]\n'

/** Prints an access token made with the installation's own key, for scripts and operators. */
await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`)
  process.exitCode = 1
})

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      event: { type: 'string' },
      role: { type: 'string' },
      team: { type: 'string', multiple: true, default: [] },
      ttl: { type: 'string', default: '1h' },
      device: { type: 'string', default: `command${randomBytes(6).toString('hex')}` },
    },
  })
  const config = readConfig(process.env)
  const keys = await loadKeys({ folder: join(config.dataDir, 'keys'), env: process.env })
  const role = roleSchema.exclude(['server']).safeParse(values.role).data
  if (!role)
    throw new Error(`--role ${values.role} is not one of ${roles.filter((one) => one !== 'server').join(', ')}`)
  if (!eventCode.safeParse(values.event).success) throw new Error(`--event ${values.event} is no event's code`)
  const subject = {
    account: 'command',
    session: 'command',
    device: values.device,
    event: eventCode.parse(values.event),
    role,
    teams: values.team.map((team) => teamNumber.parse(team)),
  }
  const { accessToken } = await issueAccessToken(keys, subject, { nowMs: Date.now(), ttlMs: durationMs(values.ttl) })
  process.stdout.write(`${accessToken}\n`)
}

function durationMs(text: string): number {
  const [, amount, unit] = /^(\d{1,5})([smhd])$/.exec(text) ?? []
  const unitMs = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }[unit ?? '']
  if (amount === undefined || unitMs === undefined) throw new Error(`--ttl ${text} is not like 90s, 10m, 1h or 2d`)
  return Number(amount) * unitMs
}
