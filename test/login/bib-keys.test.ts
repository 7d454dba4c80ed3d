import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, test } from 'vitest'
import { databaseName, office } from '../../design-docs/databases.ts'
import { readBib } from '../../functions/rules/bib-qr.ts'
import { scanVerdict } from '../../functions/rules/scan-verdict.ts'
import { share } from '../../functions/share.ts'
import { bibTextOf, bibTextsOf } from '../../sync-server/login/bib-text.ts'
import { bibKeys, type Keys, loadKeys } from '../../sync-server/login/keys.ts'
import { forgetBibKey, rotateBibKey } from '../../sync-server/login/rotate-bib-key.ts'
import { shareKeys } from '../../sync-server/setup/share-keys.ts'
import { openEvent } from '../feed/support/open-event.ts'
import { factMaker, planOf } from '../rules/make-facts.ts'

let folder: string
let before: Keys
beforeEach(async () => {
  folder = join(await mkdtemp(join(tmpdir(), 'zekken-bib-keys-')), 'keys')
  before = await loadKeys({ folder })
})
const bib = (keys: Keys) => bibTextOf(keys, { event: 'demo', number: '12', issue: 1 })
const read = async (text: string, keys: Record<string, string>) => (await readBib(text, { event: 'demo', keys })).result

test('[KY1] after a change of keys, bibs of both are good on a phone that has heard of it', async () => {
  const old = await bib(before)
  await rotateBibKey(folder, before, { fromEnvironment: false })
  const after = await loadKeys({ folder })
  expect(after.bib.kid).not.toBe(before.bib.kid)
  const listed = bibKeys(after)
  expect([await read(old, listed), await read(await bib(after), listed)]).toEqual(['ok', 'ok'])
  await rotateBibKey(folder, after, { fromEnvironment: false })
  const third = bibKeys(await loadKeys({ folder }))
  expect([await read(old, third), await read(await bib(after), third)]).toEqual(['ok', 'ok'])
  expect((await stat(join(folder, 'bib-retired.json'))).mode & 0o777).toBe(0o600)
})

test('[KY1] a phone that has not heard of it knows the old ones and asks for a look at the new ones', async () => {
  await rotateBibKey(folder, before, { fromEnvironment: false })
  const after = await loadKeys({ folder })
  const phone = bibKeys(before)
  expect(await read(await bib(before), phone)).toBe('ok')
  const reading = await readBib(await bib(after), { event: 'demo', keys: phone })
  expect(reading.result).toBe('unknown-key')
  const station = { kind: 'checkpoint', checkpoint: 'S1' } as const
  const verdict = scanVerdict({ reading, card: null, own: [], station, plan: planOf(), revoked: [] })
  expect(verdict).toMatchObject({ verified: false, team: '12' })
  expect(verdict.checkin).not.toBe('at-once')
})

test('[KY2] a stolen key is forgotten; what it signs is known no more', async () => {
  await rotateBibKey(folder, before, { fromEnvironment: false })
  expect(await forgetBibKey(folder, 'NOBODY')).toBe(false)
  expect(await forgetBibKey(folder, before.bib.kid)).toBe(true)
  const keys = bibKeys(await loadKeys({ folder }))
  expect(Object.keys(keys)).toHaveLength(1)
  expect(await read(await bib(before), keys)).toBe('unknown-key')
})

test('[KY3] a key out of the environment is answered and not written; the old one is listed all the same', async () => {
  const pem = before.bib.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const kept = await readFile(join(folder, 'bib.pem'), 'utf8')
  const { pem: next } = await rotateBibKey(folder, before, { fromEnvironment: true })
  expect(await readFile(join(folder, 'bib.pem'), 'utf8')).toBe(kept)
  const after = await loadKeys({ folder, env: { ZEKKEN_BIB_KEY: next ?? '' } })
  // Ids that are all digits come first, whatever is newer.
  expect(Object.keys(bibKeys(after)).sort()).toEqual([before.bib.kid, after.bib.kid].sort())
  expect(pem).not.toBe(next)
})

test('[KY3] broken off in the middle, the old key is still in use and nothing is lost', async () => {
  await writeFile(join(folder, 'bib-retired.json'), JSON.stringify({ [before.bib.kid]: before.bib.publicRaw }))
  const keys = await loadKeys({ folder })
  expect(bibKeys(keys)).toEqual({ [before.bib.kid]: before.bib.publicRaw })
  await rotateBibKey(folder, keys, { fromEnvironment: false })
  expect((await readdir(folder)).sort()).toEqual(['bib-retired.json', 'bib.pem', 'hmac.key', 'signing.pem'])
})

test('[KY5] bibs of every key that is still listed are made again, to seal cards for them; of a forgotten one no more', async () => {
  const asked = { event: 'demo', number: '12', issue: 1 }
  const old = await bib(before)
  await rotateBibKey(folder, before, { fromEnvironment: false })
  const after = await loadKeys({ folder })
  expect(await bibTextsOf(after, asked)).toEqual([await bib(after), old])
  const { pem } = await rotateBibKey(folder, after, { fromEnvironment: true })
  const third = await loadKeys({ folder, env: { ZEKKEN_BIB_KEY: (pem ?? '').replaceAll('\n', '\\n') } })
  expect(await bibTextsOf(third, asked)).toEqual([await bib(third), await bib(after), old])
  await forgetBibKey(folder, before.bib.kid)
  expect(await bibTextsOf(await loadKeys({ folder }), asked)).toEqual([await bib(after)])
  expect((await readFile(join(folder, 'bib.pem'), 'utf8')).match(/BEGIN/g)).toHaveLength(1)
  expect((await stat(join(folder, 'bib.pem'))).mode & 0o777).toBe(0o600)
})

test('[KY4] a server that starts with another key has it shared with every phone, and leaves it at that', async () => {
  const it = await openEvent()
  try {
    await it.write('log', [factMaker('12').entry()])
    const first = await it.run()
    await first.drain()
    const shown = async () => (await it.database('board').get('keys'))?.ed25519
    expect(await shown()).toEqual({ K1: 'public' })
    await first.stop()
    const asked = { events: [it.event], keys: { K1: 'public', K2: 'other' }, now: it.clock.now }
    await shareKeys(it.couch, asked)
    await shareKeys(it.couch, asked)
    const wakes = await it.couch.database(office).all({ startkey: 'wake:', endkey: 'wake;' })
    expect(wakes.filter(({ id }) => id.endsWith(`:${share.name}:keys`))).toHaveLength(1)
    const second = await it.run({ bibKeys: async () => asked.keys })
    await second.drain()
    await expect.poll(shown).toEqual(asked.keys)
    await second.stop()
    await shareKeys(it.couch, asked)
    const after = await it.couch.database(office).all({ startkey: 'wake:', endkey: 'wake;' })
    expect(after.filter(({ id }) => id.endsWith(`:${share.name}:keys`))).toEqual([])
    expect(await it.couch.exists(databaseName(it.event, 'board'))).toBe(true)
  } finally {
    await it.close()
  }
})
