import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { issueAccessToken, readAccessToken } from '../../sync-server/login/access-token.ts'
import { type Keys, loadKeys } from '../../sync-server/login/keys.ts'
import { forgetTokenKey, rotateTokenKey } from '../../sync-server/login/rotate-token-key.ts'

let folder: string
let before: Keys
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'zekken-token-keys-')), 'keys')
  before = await loadKeys({ folder })
})
const nowMs = 1_800_000_000_000
const subject = { account: 'a', device: 'd', event: 'demo', role: 'judge', teams: [], session: 's' } as const
const tokenBy = async (keys: Keys) => (await issueAccessToken(keys, subject, { nowMs })).accessToken
const isGood = (keys: Keys, token: string) =>
  readAccessToken(keys, token, nowMs).then(
    ({ account }) => account === 'a',
    () => false,
  )
const rotated = async (keys: Keys) => {
  await rotateTokenKey(keys, { folder, fromEnvironment: false })
  return await loadKeys({ folder })
}

test('[KY7] after a change of keys tokens of both are good, and the next key knows all before it', async () => {
  const after = await rotated(before)
  const third = await rotated(after)
  expect(new Set([before, after, third].map(({ signing }) => signing.kid)).size).toBe(3)
  const tokens = await Promise.all([before, after, third].map(tokenBy))
  expect(await Promise.all(tokens.map((token) => isGood(third, token)))).toEqual([true, true, true])
  expect(await isGood(before, tokens[1]!)).toBe(false)
  expect((await stat(join(folder, 'signing.pem'))).mode & 0o777).toBe(0o600)
  // Nothing can be signed by an old key any more.
  expect((await readFile(join(folder, 'signing.pem'), 'utf8')).match(/BEGIN PRIVATE KEY/g)).toHaveLength(1)
})

test('[KY8] a stolen key is forgotten: its tokens open nothing, the others do', async () => {
  const after = await rotated(before)
  const where = { folder, fromEnvironment: false }
  expect(await forgetTokenKey(after, 'nobody', where)).toBeNull()
  expect(await forgetTokenKey(after, after.signing.kid, where)).toBeNull()
  expect(await forgetTokenKey(after, before.signing.kid, where)).toEqual({ pem: null })
  const keys = await loadKeys({ folder })
  expect(keys.signing.kid).toBe(after.signing.kid)
  expect([await isGood(keys, await tokenBy(before)), await isGood(keys, await tokenBy(after))]).toEqual([false, true])
})

test('[KY9] keys out of the environment are answered and not written, with one `\\n` for each line too', async () => {
  const { pem } = await rotateTokenKey(before, { folder, fromEnvironment: true })
  expect((await loadKeys({ folder })).signing.kid).toBe(before.signing.kid)
  const env = { ZEKKEN_SIGNING_KEY: pem!.replaceAll('\n', '\\n') }
  const after = await loadKeys({ folder, env })
  expect(after.formerSignings.map(({ kid }) => kid)).toEqual([before.signing.kid])
  const forgotten = await forgetTokenKey(after, before.signing.kid, { folder, fromEnvironment: true })
  const last = await loadKeys({ folder, env: { ZEKKEN_SIGNING_KEY: forgotten!.pem! } })
  expect([last.signing.kid, last.formerSignings]).toEqual([after.signing.kid, []])
})
