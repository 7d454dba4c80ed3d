import { afterAll, beforeAll, expect, test } from 'vitest'
import { forgottenTeamId } from '../../design-docs/forgetting.ts'
import { eventRules } from '../../design-docs/plan.ts'
import {
  closeTeam,
  forgetTeam,
  sweepForgottenTeams,
  type TeamForgetting,
} from '../../sync-server/forget/forget-team.ts'
import { createEvent } from '../../sync-server/setup/create-event.ts'
import { type Doors, openDoors, type Phone } from '../gateway/open-doors.ts'

let doors: Doors
let phone: Phone
beforeAll(async () => {
  doors = await openDoors()
  phone = await doors.signIn('core')
  const draft = {
    name: { ja: '大会', en: 'Event' },
    timeZone: 'Asia/Tokyo',
    phase: 'running',
    startsAt: 1,
    endsAt: 2,
  } as const
  const three = { id: 'a', name: { ja: '三', en: 'three' }, startsAt: 1, limitMinutes: 60 }
  const old = { ...three, id: 'old', fits: { minAge: 40 } }
  const wanted = { code: doors.event, ...draft, classes: [three, old], rules: eventRules.parse({}) }
  await createEvent(doors.couch, wanted, { now: doors.it.now })
  const entry = phone.fact('entry', { members: [{ id: 'm1', name: '花子', age: 44 }] })
  const { _revisions, _rev, ...fact } = entry as typeof entry & { _revisions: unknown }
  await log().put({ ...fact, by: 'server', as: 'server', device: 'server' })
  await phone.push([phone.fact('chat', { text: 'secret' }), phone.fact('reception', { note: 'secret' })])
  await doors.storage.put(`${doors.event}/scoreboard/12/a.pdf`, new Uint8Array([1]))
  const line = { type: 'entrant', event: doors.event, number: '12', draft: 'd' }
  await doors.it.office.put({ _id: `entrant:${doors.event}:d`, ...line })
})
afterAll(async () => {
  for (const name of await doors.couch.names()) if (name.includes(doors.event)) await doors.couch.drop(name)
  await doors.close()
})

const log = () => doors.couch.database(doors.log)
const about = () => ({ event: doors.event, team: '12' })
const parts = (changes: Partial<TeamForgetting> = {}): TeamForgetting => ({
  ...doors.it,
  storage: doors.storage,
  mailbox: { remove: async () => {} } as unknown as TeamForgetting['mailbox'],
  by: 'hanako',
  caughtUp: async () => {},
  ...changes,
})
const broken = async () => {
  throw new Error('the power is gone')
}

test('[FT11] broken off anywhere it is taken up again: one report, of what was there at first, and one line of the log', async () => {
  await closeTeam(parts(), about())
  const cuts: Partial<TeamForgetting>[] = [
    { storage: { ...doors.storage, delete: broken } },
    { keys: { ...doors.it.keys, hmac: null as never } },
    { caughtUp: broken },
    { caughtUp: broken },
  ]
  for (const cut of cuts) await expect(forgetTeam(parts(cut), about())).rejects.toThrow()
  const standing = await doors.it.office.get(forgottenTeamId(doors.event, '12'))
  expect(standing).toMatchObject({ state: 'tidying', report: { counts: { 'documents of log': 3, files: 1 } } })
  const report = await forgetTeam(parts(), about())
  expect(report).toEqual(standing?.report)
  expect(await forgetTeam(parts(), about())).toEqual(report)
  expect(await doors.it.office.get(forgottenTeamId(doors.event, '12'))).toMatchObject({ state: 'done' })
  const lines = (await doors.it.office.all({ startkey: 'audit:', endkey: 'audit;', includeDocs: true })).map(
    ({ doc }) => doc,
  )
  expect(lines.filter((line) => line?.action === 'team-forgotten' && line.event === doors.event)).toHaveLength(1)
  const facts = await log().all({ startkey: '12:', endkey: '12;', includeDocs: true })
  expect(JSON.stringify(facts)).not.toMatch(/secret|花子|"age"/)
  // Of the class that the team was in by the ages of its members one record is left, however often it was begun.
  const frozen = facts.flatMap(({ doc }) => (doc?.type === 'correction' ? [doc] : []))
  expect(frozen).toMatchObject([{ field: 'classIds', was: ['a'], is: ['a', 'old'], as: 'server' }])
  // The database does not give out what was there.
  for (const { doc } of facts) {
    const { rev } = (doc?.redacted ?? {}) as { rev?: string }
    if (rev) expect(await log().get(doc?._id ?? '', { rev })).toBeNull()
  }
})

test('[FT12] what the server itself writes about the team afterwards is swept up, and counted', async () => {
  expect(await sweepForgottenTeams(parts())).toBe(0)
  const late = { ...phone.fact('correction', { field: 'name', was: 'a', is: 'secret' }) } as Record<string, unknown>
  const { _rev, _revisions, ...fact } = late
  await log().put({ ...fact, _id: String(fact._id) })
  expect(await sweepForgottenTeams(parts())).toBe(1)
  expect(await log().get(String(fact._id))).toMatchObject({ is: '12', was: '12' })
  expect(await doors.it.office.get(forgottenTeamId(doors.event, '12'))).toMatchObject({ late: 1 })
  await doors.it.office.bulk([{ ...(await doors.it.office.get(forgottenTeamId(doors.event, '12')))!, _deleted: true }])
})
