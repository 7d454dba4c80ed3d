import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decodeJwt } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { issueAccessToken, readAccessToken } from '../../sync-server/login/access-token.ts'
import { deliveryToken } from '../../sync-server/login/delivery-token.ts'
import { type Keys, loadKeys } from '../../sync-server/login/keys.ts'

let folder: string
let keys: Keys
const nowMs = 1_800_000_000_000
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'zekken-keys-'))
  keys = await loadKeys({ folder })
})
afterAll(() => rm(folder, { recursive: true }))

async function callerOf(role: 'staff' | 'participant', teams: string[]) {
  const subject = { account: 'a1', device: 'd1', event: 'demo', role, teams, session: 's1' }
  const { accessToken } = await issueAccessToken(keys, subject, { nowMs })
  return { accessToken, caller: await readAccessToken(keys, accessToken, nowMs) }
}

test('[LG31] a token for deliveries has the caller’s own rights, adds arrivals, and ends with the caller’s', async () => {
  for (const [role, teams] of [
    ['staff', []],
    ['participant', ['12', '13']],
  ] as const) {
    const { accessToken, caller } = await callerOf(role, [...teams])
    const own = decodeJwt(accessToken)
    const made = decodeJwt(await deliveryToken(keys, caller, nowMs))
    const roles = own['_couchdb.roles'] as string[]
    expect((made['_couchdb.roles'] as string[]).toSorted()).toEqual([...roles, 'zk:demo:arrivals'].toSorted())
    expect(made).toMatchObject({ sub: own.sub, exp: own.exp })
    expect(made).not.toHaveProperty('sid')
  }
})

test('[LG31] none of our own doors takes it', async () => {
  const { caller } = await callerOf('staff', [])
  const token = await deliveryToken(keys, caller, nowMs)
  await expect(readAccessToken(keys, token, nowMs)).rejects.toMatchObject({ code: 'ZK-AUTH-001' })
})
