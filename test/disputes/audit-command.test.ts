import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { office } from '../../design-docs/databases.ts'
import { lineId } from '../../sync-server/audit/link-line.ts'
import { readConfig } from '../../sync-server/config.ts'
import type { CouchDoc, Database } from '../../sync-server/couch/client.ts'
import { openCouch } from '../../sync-server/couch/open-couch.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'
import { decide } from '../support/team-phone.ts'

const root = join(import.meta.dirname, '..', '..')

let zekken: Zekken
beforeAll(async () => {
  zekken = await startZekken()
  for (const points of [1, 2, 3]) await decide(zekken, { kind: 'adjustment', team: '101', points, reason: 'kind' })
  await zekken.stop()
}, 120_000)
afterAll(() => zekken?.end())

/** As an operator runs it, with zekken stopped. */
function audit(...args: string[]): { said: string; status: number | null } {
  const { DATA_DIR, COUCHDB_URL, ...env } = process.env
  const where = { ...env, ...(COUCHDB_URL && { COUCHDB_URL }), DATA_DIR: zekken.dataDir }
  const run = spawnSync('npm', ['run', '-s', 'audit', '--', ...args], { cwd: root, env: where, encoding: 'utf8' })
  return { said: run.stdout, status: run.status }
}

async function inOffice<T>(work: (office: Database) => Promise<T>): Promise<T> {
  const { couch, close } = await openCouch(readConfig({ ...process.env, DATA_DIR: zekken.dataDir }))
  return await work(couch.database(office)).finally(close)
}

test('[AU8] the command ends with 0 while the log is whole, with 1 and the line once one was changed or cut off', async () => {
  const whole = audit()
  expect(whole.status).toBe(0)
  const [, lines, seq, hash] = /^(\d+) lines, 0 of forgotten events, up to (\d+) ([0-9a-f]{64})\n$/.exec(whole.said)!
  expect(Number(lines)).toBeGreaterThanOrEqual(3)
  expect(audit('--head', hash!).status).toBe(0)
  const unknown = audit('--head', 'f'.repeat(64))
  expect(unknown).toMatchObject({
    status: 1,
    said: expect.stringContaining(`the hash ${'f'.repeat(64)} is not in the log`),
  })

  // The last line is cut off: what is left holds, but not up to the hash that was noted down.
  await inOffice(async (database) => {
    const last = (await database.get(lineId(Number(seq))))!
    await database.bulk([{ _id: last._id, _rev: last._rev, _deleted: true } as CouchDoc])
  })
  expect(audit()).toMatchObject({ status: 0, said: expect.stringContaining(`up to ${Number(seq) - 1} `) })
  expect(audit('--head', hash!).status).toBe(1)

  const victim = lineId(Number(seq) - 2)
  await inOffice(async (database) => {
    const doc = (await database.get(victim)) as unknown as CouchDoc
    await database.put({ ...doc, by: 'somebody else' } as CouchDoc)
  })
  const broken = `broken at line ${Number(seq) - 2} (${victim})`
  expect(audit()).toMatchObject({ status: 1, said: expect.stringContaining(broken) })
}, 120_000)
