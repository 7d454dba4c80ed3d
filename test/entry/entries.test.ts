import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { EntryDraft, EntryForm } from '../../design-docs/entry.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { ulid } from '../../design-docs/ids.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { addTeams } from '../../sync-server/setup/add-teams.ts'
import { type Doors, openDoors } from '../gateway/open-doors.ts'
import { eventDoc, planOf } from '../rules/make-facts.ts'

let doors: Doors
beforeEach(async () => {
  doors = await openDoors()
  await doors.databaseFor('desk')
  await plan({})
})
afterEach(() => doors.close())

type Page = { number: string; editToken: string; entry: { name: string; mail: string }; withdrawnAt?: number }
type Answer = { status: number; page: Page; code: string; figures: Record<string, unknown> }

async function plan(form: Partial<EntryForm>, phase: 'draft' | 'open' | 'running' | 'closed' = 'open') {
  const desk = doors.couch.database(databaseName(doors.event, 'desk'))
  const standing = await desk.get('event')
  const entryForm = { members: { min: 1, max: 3 }, ...form }
  const event = { ...eventDoc({ phase }), event: doors.event, code: doors.event, entryForm }
  await desk.put({ ...(event as unknown as CouchDoc), ...(standing && { _rev: standing._rev }) })
}
const newDraft = () => ulid(doors.clock.now, randomBytes(10))
const draftOf = (name: string, more: Partial<EntryDraft> = {}): EntryDraft => ({
  name,
  mail: 'a@example.org',
  classIds: ['a'],
  members: [{ name: '山田 太郎', kana: 'やまだ たろう' }],
  ...more,
})
async function ask(
  method: string,
  path: string,
  { body, token }: { body?: unknown; token?: string } = {},
): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Entry ${token}` }) }
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) }
  const answer = await doors.app.request(`/api/events/${doors.event}/${path}`, init)
  const json = (await answer.json()) as Page & { error?: { code: string; figures: Record<string, unknown> } }
  return { status: answer.status, page: json, code: json.error?.code ?? '', figures: json.error?.figures ?? {} }
}
const enter = (entry: EntryDraft, draft = newDraft()) =>
  ask('POST', 'entries', { body: { draft, entry, language: 'ja' } })
/** Requests to the database fail as they do when it is away. */
async function withoutDatabase<T>(work: () => Promise<T>): Promise<T> {
  const { couch } = doors.it
  const standing = couch.database
  couch.database = (name) => ({ ...standing(name), get: () => Promise.reject(new TypeError('fetch failed')) })
  return await work().finally(() => {
    couch.database = standing
  })
}
const facts = async () => {
  const rows = await doors.couch.database(doors.log).all({ includeDocs: true })
  return rows.flatMap(({ doc }) => (doc && !doc._id.startsWith('_') ? [doc as unknown as Fact] : []))
}
const teamOf = async (number: string) =>
  outcome(
    (await facts()).filter((fact) => fact.team === number),
    planOf(),
  ).team

describe('entering', () => {
  test('[EN20] gives a number and a link, writes the team into the log, and keeps contacts out of it', async () => {
    const { status, page } = await enter(draftOf('川原町 探検隊', { phone: '090-1234-5678' }))
    expect([status, page.number]).toEqual([200, '1'])
    expect(await teamOf('1')).toMatchObject({ name: '川原町 探検隊', members: [{ id: 'm1', name: '山田　太郎' }] })
    expect(JSON.stringify(await facts())).not.toMatch(/example\.org|1234/)
  })

  test('[EN21] sent again, also with other words, it is the same entry', async () => {
    const draft = newDraft()
    const first = await enter(draftOf('一'), draft)
    const again = await enter(draftOf('二'), draft)
    expect(again.page).toEqual(first.page)
    expect(await facts()).toHaveLength(1)
  })

  test('[EN22] a hundred at once have a hundred numbers, each sent twice', async () => {
    const drafts = Array.from({ length: 100 }, (_, n) => [newDraft(), `team ${n}`] as const)
    const both = [...drafts, ...drafts].map(([draft, name]) => enter(draftOf(name), draft))
    const answers = await Promise.all(both)
    expect(answers.filter(({ status }) => status !== 200)).toEqual([])
    const numbers = answers.map(({ page }) => page.number)
    expect(numbers.slice(0, 100)).toEqual(numbers.slice(100))
    expect(new Set(numbers).size).toBe(100)
    const entries = (await facts()).filter(({ type }) => type === 'entry')
    expect(entries).toHaveLength(100)
    expect(new Set(entries.map((fact) => fact.type === 'entry' && fact.name)).size).toBe(100)
  })

  test('[EN23] numbers begin where the form says and pass over teams that the organizers have entered', async () => {
    await plan({ firstNumber: 100 })
    const entries = ['100', '102'].map((team) => ({ team, name: 'X', classIds: ['a'], members: [] }))
    await addTeams(doors.couch, doors.event, { entries, now: () => doors.clock.now })
    expect((await enter(draftOf('a'))).page.number).toBe('101')
    expect((await enter(draftOf('b'))).page.number).toBe('103')
  })

  test('[EN24] broken off after the number it goes on with that number', async () => {
    const draft = newDraft()
    const log = doors.couch.database(doors.log)
    const { page } = await enter(draftOf('一'), draft)
    const entry = (await log.all({ includeDocs: true })).find(({ id }) => id.includes(':entry:'))
    const entrant = await doors.it.office.get(`entrant:${doors.event}:${draft}`)
    const { inLog, ...unfinished } = (entrant ?? {}) as Record<string, unknown>
    await doors.it.office.put(unfinished as CouchDoc)
    await log.bulk([{ _id: entry!.id, _rev: entry!.rev, _deleted: true }])
    expect((await enter(draftOf('一'), draft)).page.number).toBe(page.number)
    expect((await facts()).map(({ type }) => type)).toEqual(['entry'])
  })

  test('[EN25] what is wrong is said field by field, and nothing is kept', async () => {
    const { status, code, figures } = await enter(draftOf('', { mail: 'x', classIds: ['q'] }))
    expect([status, code]).toEqual([400, 'ZK-ENTRY-003'])
    expect(figures.fields).toEqual([
      { field: 'name', problem: 'missing' },
      { field: 'mail', problem: 'mail' },
      { field: 'classIds', problem: 'class' },
    ])
    expect(await doors.it.office.all({ startkey: 'entrant:', endkey: 'entrant;' })).toEqual([])
  })

  test('[EN26] names that break other systems come through unchanged', async () => {
    for (const name of ["O'Brien", '髙﨑', '../', '=1+1', '<script>alert(1)</script>', '{"$gt":""}', ':￰']) {
      const { page } = await enter(draftOf(name))
      expect((await teamOf(page.number))?.name).toBe(name)
    }
  })

  test('[EN27] no more than there are places, however many ask at once', async () => {
    await plan({ maxTeams: 3 })
    const answers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((name) => enter(draftOf(name))))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 409, 409])
    expect(answers.find(({ status }) => status === 409)?.code).toBe('ZK-ENTRY-002')
  })

  test('[EN27] a place that is given up is there for the next, once', async () => {
    await plan({ maxTeams: 1 })
    const draft = newDraft()
    const { page } = await enter(draftOf('a'), draft)
    expect((await enter(draftOf('b'))).status).toBe(409)
    expect((await ask('DELETE', `entries/${draft}`, { token: page.editToken })).status).toBe(200)
    const answers = await Promise.all(['c', 'd'].map((name) => enter(draftOf(name))))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409])
  })
})

describe('when entries are open', () => {
  test('[EN28] from the first instant on and not at the last', async () => {
    const { now } = doors.clock
    await plan({ opensAt: now, closesAt: now + 1 })
    expect((await enter(draftOf('a'))).status).toBe(200)
    doors.clock.now = now - 1
    expect(await enter(draftOf('b'))).toMatchObject({ status: 403, figures: { state: 'not-yet' } })
    doors.clock.now = now + 1
    expect(await enter(draftOf('c'))).toMatchObject({ status: 403, figures: { state: 'closed' } })
  })

  test('[EN28] during the day too, and not after it; a draft of an event shows nothing', async () => {
    await plan({}, 'running')
    expect((await enter(draftOf('a'))).status).toBe(200)
    await plan({}, 'closed')
    expect((await enter(draftOf('b'))).code).toBe('ZK-ENTRY-001')
    await plan({}, 'draft')
    expect((await ask('GET', 'entry-form')).code).toBe('ZK-ENTRY-001')
    const elsewhere = await doors.app.request('/api/events/nowhere/entry-form', { method: 'GET' })
    expect(elsewhere.status).toBe(403)
  })
})

test('[EN34] who lost the answer hears it also after entries have closed; who never had a number does not', async () => {
  const draft = newDraft()
  const { page } = await enter(draftOf('一'), draft)
  await plan({ maxTeams: 1 })
  const waiting = newDraft()
  expect((await enter(draftOf('二'), waiting)).code).toBe('ZK-ENTRY-002')
  await plan({}, 'closed')
  expect((await enter(draftOf('一'), draft)).page).toEqual(page)
  expect((await enter(draftOf('二'), waiting)).code).toBe('ZK-ENTRY-001')
})

test('[EN28] a database that does not answer is no closed form', async () => {
  const { status, code } = await withoutDatabase(() => ask('GET', 'entry-form'))
  expect([status >= 500, code.startsWith('ZK-SYS')]).toEqual([true, true])
})

describe('changing an entry', () => {
  let draft: string
  let page: Page
  beforeEach(async () => {
    draft = newDraft()
    page = (await enter(draftOf('一'), draft)).page
  })
  const edit = (entry: EntryDraft, token = page.editToken) => ask('PUT', `entries/${draft}`, { body: entry, token })

  test('[EN29] the link opens it and changes it; the log has a correction for each field that differs', async () => {
    const members = [{ id: 'm1', name: '山田 花子', kana: 'やまだ はなこ' }]
    doors.clock.now += 1000
    expect((await edit(draftOf('二', { members, mail: 'b@example.org' }))).page.entry).toMatchObject({
      mail: 'b@example.org',
    })
    await edit(draftOf('二', { members, mail: 'b@example.org' }))
    const written = (await facts()).flatMap((fact) => (fact.type === 'correction' ? [[fact.field, fact.as]] : []))
    expect(written.toSorted()).toEqual([
      ['members', 'server'],
      ['name', 'server'],
    ])
    expect(await teamOf('1')).toMatchObject({ name: '二', members: [{ id: 'm1', name: '山田　花子' }] })
    expect((await ask('GET', `entries/${draft}`, { token: page.editToken })).page.entry.name).toBe('二')
  })

  test('[EN30] a change that was broken off reaches the log with the next look at it being sent', async () => {
    const id = `entrant:${doors.event}:${draft}`
    const standing = await doors.it.office.get(id)
    const entry = { ...(standing as unknown as { entry: object }).entry, name: '三' }
    await doors.it.office.put({ ...standing!, entry, version: 2, changedAt: doors.clock.now + 5 })
    expect((await teamOf('1'))?.name).toBe('一')
    await edit(draftOf('三'))
    expect((await teamOf('1'))?.name).toBe('三')
  })

  test('[EN31] withdrawn it stays listed, cannot be changed any more, and frees its place', async () => {
    await plan({ maxTeams: 1 })
    expect((await enter(draftOf('x'))).code).toBe('ZK-ENTRY-002')
    const answer = await ask('DELETE', `entries/${draft}`, { token: page.editToken })
    expect(answer.page.withdrawnAt).toBe(doors.clock.now)
    await ask('DELETE', `entries/${draft}`, { token: page.editToken })
    expect(await teamOf('1')).toMatchObject({ status: 'withdrawn' })
    expect((await facts()).filter(({ type }) => type === 'ruling')).toHaveLength(1)
    expect((await edit(draftOf('y'))).code).toBe('ZK-ENTRY-005')
    expect((await enter(draftOf('x'))).page.number).toBe('2')
  })

  test('[EN32] another’s token, a bent one, none, or an entry that is not there: the same answer', async () => {
    const other = (await enter(draftOf('other'))).page.editToken
    const bent = `${page.editToken.slice(0, -1)}${page.editToken.endsWith('A') ? 'B' : 'A'}`
    for (const token of [other, bent, '', 'x'.repeat(43)]) {
      for (const method of ['GET', 'PUT', 'DELETE']) {
        const body = method === 'PUT' ? { body: draftOf('stolen') } : {}
        expect(await ask(method, `entries/${draft}`, { token, ...body })).toMatchObject({
          status: 410,
          code: 'ZK-ENTRY-004',
        })
      }
    }
    expect((await ask('GET', `entries/${newDraft()}`, { token: page.editToken })).code).toBe('ZK-ENTRY-004')
    expect((await teamOf('1'))?.name).toBe('一')
  })

  test('[EN33] closed for entries is closed for changes, and still to be seen', async () => {
    await plan({}, 'closed')
    expect((await edit(draftOf('late'))).code).toBe('ZK-ENTRY-001')
    expect((await ask('DELETE', `entries/${draft}`, { token: page.editToken })).code).toBe('ZK-ENTRY-001')
    expect((await ask('GET', `entries/${draft}`, { token: page.editToken })).page.entry.name).toBe('一')
  })
})
