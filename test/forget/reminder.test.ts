import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import { forgotten, forgottenId, warnAheadMs } from '../../design-docs/forgetting.ts'
import { outgoing } from '../../design-docs/mail.ts'
import { eventRules } from '../../design-docs/plan.ts'
import { closeDoors, type Forgetting, forgetEvent } from '../../sync-server/forget/forget-event.ts'
import { startForgetting } from '../../sync-server/forget/start-forgetting.ts'
import { readDoc, readDocs } from '../../sync-server/login/office.ts'
import { openMailbox } from '../../sync-server/post/mailbox.ts'
import { writeMail } from '../../sync-server/post/write-mail.ts'
import { createEvent } from '../../sync-server/setup/create-event.ts'
import { type Doors, openDoors } from '../gateway/open-doors.ts'

let doors: Doors
let folder: string
beforeAll(async () => {
  doors = await openDoors()
  folder = await mkdtemp(join(tmpdir(), 'zekken-reminder-'))
  const draft = {
    name: { ja: '秋の大会', en: 'Autumn' },
    timeZone: 'Asia/Tokyo',
    phase: 'closed',
    startsAt: 1,
    endsAt: 2,
  } as const
  const classes = [{ id: 'three', name: { ja: '三', en: 'three' }, startsAt: 1, limitMinutes: 60 }]
  for (const code of [doors.event, `${doors.event}b`]) {
    await createEvent(doors.couch, { code, ...draft, classes, rules: eventRules.parse({}) }, { now: doors.it.now })
  }
})
afterAll(async () => {
  for (const name of await doors.couch.names()) if (name.includes(doors.event)) await doors.couch.drop(name)
  await doors.close()
  await rm(folder, { recursive: true })
})

/** Goes round when poked, and says when a round is over. */
function keeper() {
  let rounds = 0
  let ended = Promise.withResolvers<void>()
  const clock = {
    now: doors.it.now,
    sleep: (ms: number, signal: AbortSignal) =>
      new Promise<void>((resolve) => {
        // There is no other process that would have to notice.
        if (ms === 0) return resolve()
        rounds++
        ended.resolve()
        signal.addEventListener('abort', () => resolve())
      }),
  }
  const running = startForgetting({
    it: doors.it,
    storage: doors.storage,
    mailbox: openMailbox(join(folder, 'mailbox')),
    runner: { look: async () => {}, drain: async () => {} },
    letGo: () => {},
    dataDir: folder,
    clock,
    settleMs: 0,
  })
  const first = ended.promise
  return {
    first,
    stop: running.stop,
    async goRound() {
      ended = Promise.withResolvers()
      const before = rounds
      running.poke()
      await ended.promise
      expect(rounds).toBe(before + 1)
    },
  }
}
async function setRetention(retention: number) {
  const desk = doors.couch.database(databaseName(doors.event, 'desk'))
  await desk.put({ ...(await desk.get('event')), _id: 'event', retention })
}
const mails = async () => (await readDocs(doors.it.office, 'outgoing', outgoing)).filter(({ retention }) => retention)

test('[FG7] admins are mailed once for each date, fourteen days before it, as soon as there is an address', async () => {
  const date = doors.clock.now + warnAheadMs + 60_000
  await setRetention(date)
  const one = keeper()
  await one.first
  doors.clock.now = date - warnAheadMs
  await one.goRound()
  expect(await mails()).toEqual([])
  const settings = {
    _id: 'post-settings',
    type: 'post-settings',
    policy: 'spread',
    activeShare: 0.25,
    event: doors.event,
  }
  await doors.it.office.put({ ...settings, notifyTo: ['admin@example.org', 'chief@example.org'] })
  await one.goRound()
  await one.goRound()
  const told = await mails()
  expect(told.map(({ to }) => to).sort()).toEqual(['admin@example.org', 'chief@example.org'])
  const sender = { baseUrl: 'https://run.example', domain: 'run.example' }
  const written = await writeMail(doors.it, told[0]!, sender)
  expect(written?.text).toContain('秋の大会')
  expect(written?.text).toContain('https://run.example/admin/forgetting')
  expect(written?.text).toContain('Nothing goes before an admin agrees')
  await setRetention(date - 1)
  await one.goRound()
  expect(await mails()).toHaveLength(4)
  await one.stop()
})

test('[FG7] an event whose plan cannot be read keeps no other from being looked at', async () => {
  const event = `${doors.event}a`
  await doors.it.office.put({ _id: `event:${event}`, type: 'registered', code: event, createdAt: 1 })
  doors.clock.now += 10
  const date = doors.clock.now + warnAheadMs
  await setRetention(date)
  const before = (await mails()).length
  const one = keeper()
  await one.first
  expect((await mails()).length).toBe(before + 2)
  await one.stop()
  await doors.it.office.put({ ...(await doors.it.office.get(`event:${event}`)), _id: `event:${event}`, _deleted: true })
})

test('[FG8] a deletion that was broken off is taken up again, and its report is of what was there when it began', async () => {
  const event = `${doors.event}b`
  await doors.storage.put(`${event}/original/a`, new Uint8Array([1, 2, 3]))
  const parts: Forgetting = {
    couch: doors.couch,
    office: doors.it.office,
    storage: doors.storage,
    mailbox: openMailbox(join(folder, 'mailbox')),
    now: doors.it.now,
    by: 'hanako',
  }
  await closeDoors(parts, event, { by: 'hanako', at: 1 })
  let dropped = 0
  const failing = {
    ...doors.couch,
    drop: async (name: string) => {
      if (++dropped > 2) throw new Error('the power went')
      return await doors.couch.drop(name)
    },
  }
  await expect(forgetEvent({ ...parts, couch: failing }, event)).rejects.toThrow('the power went')
  const half = await readDoc(doors.it.office, forgottenId(event), forgotten)
  expect(half).toMatchObject({ state: 'deleting', report: { counts: { databases: 6, files: 1 } } })
  const one = keeper()
  await one.first
  await one.stop()
  const done = await readDoc(doors.it.office, forgottenId(event), forgotten)
  expect(done).toMatchObject({ state: 'done', agreed: { by: 'hanako' }, report: half?.report as object })
  expect((await doors.couch.names()).filter((name) => name.startsWith(`zk-${event}-`))).toEqual([])
  expect((await readdir(join(folder, 'forgotten'))).length).toBe(1)
})
