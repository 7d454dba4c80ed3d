import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PlanPage } from '../../design-docs/console.ts'
import { office as officeName } from '../../design-docs/databases.ts'
import type { AuditPage } from '../../design-docs/disputes.ts'
import { ulid } from '../../design-docs/ids.ts'
import { addLine } from '../../sync-server/audit/add-line.ts'
import { changedFields } from '../../sync-server/audit/changed-fields.ts'
import { hashOf, lineId } from '../../sync-server/audit/link-line.ts'
import { verifyChain } from '../../sync-server/audit/verify-chain.ts'
import type { CouchDoc, Stored } from '../../sync-server/couch/client.ts'
import { withoutEvent } from '../../sync-server/forget/without-event.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'

const root = '/events/demo'
let console: Console
beforeAll(async () => {
  console = await openConsole()
})
afterAll(() => console.close())

/** A handle of its own is what another process would have. */
const openOffice = () => console.couch.database(officeName)
const lines = async (query = '') => (await console.admin.ask<AuditPage>('GET', `${root}/audit${query}`)).body
const newId = () => ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10)))

describe('what is written', () => {
  test('[AU1] a change of the plan says what was and what is; who reads it sees no more than differs', async () => {
    const { event } = (await console.admin.ask<PlanPage>('GET', `${root}/plan`)).body
    const wanted = { ...event, rules: { ...event.rules, radiusMeters: 60 } }
    expect((await console.admin.ask('PUT', `${root}/plan/event`, wanted)).status).toBe(200)
    expect((await lines()).audit[0]).toMatchObject({
      by: 'admin',
      action: 'plan-changed',
      about: 'event',
      was: { 'rules.radiusMeters': 50 },
      is: { 'rules.radiusMeters': 60 },
    })
    expect(
      changedFields({ a: [1], _rev: '1', same: { x: 1 } }, { a: [1, 2], _rev: '2', same: { x: 1 }, new: 3 }),
    ).toEqual({
      was: { a: [1], new: null },
      is: { a: [1, 2], new: 3 },
    })
  })

  test('[AU2] a decision names its fact and the hash of it, with what was before; talk is no decision', async () => {
    const make = factMaker('12')
    await console.write(make.entry(), make.scanned('1', atMinute(20)))
    await console.settled()
    const decide = (decision: object, who = console.judge) =>
      who.ask<{ fact: string }>('POST', `${root}/decisions`, { id: newId(), ageMs: 0, team: '12', ...decision })
    const { body } = await decide({ kind: 'ruling', status: 'disqualified', reason: 'took a bus' })
    await decide({ kind: 'chat', text: 'Hello' })
    const fact = (await console.log()).find((one) => one?._id === body.fact)!
    const { _rev, ...content } = fact
    const [line] = (await lines()).audit
    expect(line).toMatchObject({
      by: 'judge',
      action: 'decided',
      about: body.fact,
      details: { kind: 'ruling', sha256: hashOf(content) },
      was: { status: 'registered' },
      is: { status: 'disqualified', reason: 'took a bus' },
    })
  })

  test('[AU2] each kind of decision says what stood before it, as the desk saw it', async () => {
    const make = factMaker('15')
    const seen = make.scanned('1', atMinute(30), { verified: false })
    await console.write(
      make.entry({ name: 'Before' }),
      make.scanned('ST', atMinute(10)),
      seen,
      make.scanned('GO', atMinute(90)),
    )
    await console.settled()
    const decide = async (decision: object) => {
      const asked = { id: newId(), ageMs: 0, team: '15', ...decision }
      const { status } = await console.admin.ask('POST', `${root}/decisions`, asked)
      expect(status, JSON.stringify(decision)).toBe(200)
      await console.settled()
      const [{ was, is } = {}] = (await lines('?action=decided')).audit
      return { was, is }
    }
    const review = { kind: 'review', team: undefined, checkin: seen._id }
    expect(await decide({ ...review, action: 'APPROVED', comment: 'seen' })).toEqual({
      was: { status: 'PENDING', comment: null },
      is: { status: 'APPROVED', comment: 'seen' },
    })
    const { reviewedAt: seenReviewedAt } = (await console.deps.desks.of('demo')).view.verdicts.get(seen._id)!
    expect(await decide({ ...review, action: 'REJECTED', seenReviewedAt })).toMatchObject({
      was: { status: 'APPROVED', comment: 'seen' },
      is: { status: 'REJECTED', comment: null },
    })
    await decide({ kind: 'adjustment', points: 5, reason: 'kind' })
    expect(await decide({ kind: 'adjustment', points: 7, reason: 'kinder' })).toMatchObject({
      was: { adjustment: 5 },
      is: { points: 7 },
    })
    expect(await decide({ kind: 'timing', of: 'finish', is: atMinute(95), reason: 'by hand' })).toMatchObject({
      was: { finish: atMinute(90) },
      is: { finish: atMinute(95) },
    })
    expect(await decide({ kind: 'timing', of: 'start', is: atMinute(5), reason: 'late' })).toMatchObject({
      was: { start: atMinute(10) },
      is: { start: atMinute(5) },
    })
    expect(await decide({ kind: 'correction', field: 'name', is: 'After' })).toEqual({
      was: { name: '"Before"' },
      is: { name: '"After"' },
    })
    expect(
      await decide({ kind: 'move', team: undefined, checkin: seen._id, to: { checkpoint: '2' }, reason: 'typo' }),
    ).toMatchObject({
      was: { team: '15', checkpoint: '1' },
      is: { checkpoint: '2', reason: 'typo' },
    })
  })

  test('[AU3] whatever else changes something has a line by its route; what only looks has none', async () => {
    const before = (await lines()).total
    await console.admin.ask('POST', `${root}/plan/preview`, {})
    await console.judge.ask('POST', `${root}/claims`, {})
    await console.judge.ask('GET', `${root}/review`)
    await console.admin.ask('PUT', `${root}/plan/event`, {})
    expect((await lines()).total).toBe(before)
    const saved = await console.admin.ask('PUT', `${root}/canned-replies`, { replies: [], _rev: null })
    expect(saved.status).toBe(200)
    expect((await lines()).audit[0]).toMatchObject({
      action: 'called',
      about: `PUT /api${root}/canned-replies`,
      by: 'admin',
    })
  })

  test('[AU4] it is filtered by person, action and time, and saved as a table; for admins alone', async () => {
    const all = await lines()
    expect(all.people).toEqual(expect.arrayContaining(['admin', 'judge']))
    const of = await lines('?by=judge&action=decided')
    expect(of.audit.every(({ by, action }) => by === 'judge' && action === 'decided')).toBe(true)
    expect(of.total).toBeGreaterThan(0)
    const [newest] = all.audit
    expect((await lines(`?from=${newest!.at + 1}`)).total).toBe(0)
    expect((await lines(`?to=${newest!.at + 1}`)).total).toBe(all.total)
    const csv = await console.admin.ask<string>('GET', `${root}/audit.csv?by=judge`)
    expect(csv.body.split('\r\n')).toHaveLength(of.total + 2)
    expect(csv.body).toContain('"{""status"":""registered""}"')
    for (const path of ['audit', 'audit.csv'])
      expect((await console.judge.ask('GET', `${root}/${path}`)).status).toBe(403)
  })
})

describe('the chain', () => {
  const add = (office: ReturnType<typeof openOffice>, about: string, event = 'demo') =>
    addLine(office, Date.now(), { by: 'someone', action: 'called', about, event })

  test('[AU5] processes that write at once make one chain, without a fork or a gap', async () => {
    const [one, other, third] = [openOffice(), openOffice(), openOffice()]
    const before = (await verifyChain(one)).lines
    await Promise.all(
      Array.from({ length: 30 }, (_, n) => [
        add(one, `one ${n}`),
        add(other, `other ${n}`),
        add(third, `third ${n}`),
      ]).flat(),
    )
    const report = await verifyChain(openOffice())
    expect(report).toMatchObject({ lines: before + 90, broken: null })
    const abouts = (await lines()).audit.map(({ about }) => about)
    for (const who of ['one', 'other', 'third'])
      expect(abouts.filter((about) => about.startsWith(`${who} `)).length).toBe(30)
    expect((await verifyChain(one, report.head.hash)).holds).toBe(true)
    expect((await verifyChain(one, 'f'.repeat(64))).holds).toBe(false)
  })

  test('[AU6] an event that is forgotten leaves its places in the chain, and nothing that it said', async () => {
    const office = openOffice()
    await add(office, 'a secret of another event', 'other')
    await add(office, 'after it')
    const rows = await office.all({ includeDocs: true })
    const changes = withoutEvent(
      rows.flatMap(({ doc }) => doc ?? []),
      'other',
    )
    await office.bulk(changes.map(({ doc, left }): CouchDoc => left ?? { ...doc, _deleted: true }))
    expect(await verifyChain(office)).toMatchObject({ broken: null, forgotten: 1 })
    expect(JSON.stringify(await office.all({ includeDocs: true }))).not.toContain('a secret')
    expect((await lines()).audit[0]?.about).toBe('after it')
  })

  test('[AU7] the first line that is not as it was written is named, however it was broken', async () => {
    const office = openOffice()
    const { lines: whole } = await verifyChain(office)
    const victim = whole - 3
    const id = lineId(victim)
    const good = (await office.get(id)) as Stored
    const broken = async () => (await verifyChain(openOffice())).broken
    const restore = async (doc: CouchDoc) => {
      // A clean copy under its own revision, as the chain has it.
      await office.put(doc)
      await purge()
    }
    const purge = async () => {
      for (;;) {
        const found = await office.get(id)
        if (!found) break
        await console.couch.json('POST', `/${officeName}/_purge`, { [id]: [found._rev] })
      }
      const { _rev, ...clean } = good
      const hash = _rev.slice(2)
      await office.bulk([{ ...clean, _rev, _revisions: { start: 1, ids: [hash] } } as CouchDoc], { newEdits: false })
    }
    await restore({ ...good, about: 'something else' })
    await office.put({ ...good, about: 'something else' })
    expect(await broken()).toEqual({ seq: victim, id, problem: 'rewritten' })
    await purge()
    expect(await broken()).toBeNull()

    await office.bulk([{ ...good, _rev: `1-${'0'.repeat(32)}`, about: 'x' } as CouchDoc], { newEdits: false })
    expect((await broken())?.problem).toMatch(/forked/)
    await purge()
    await console.couch.json('POST', `/${officeName}/_purge`, { [id]: [good._rev] })
    expect(await broken()).toEqual({ seq: victim, id, problem: 'missing' })

    const { _rev, ...clean } = good
    const lie = { ...clean, about: 'a lie' }
    await office.bulk([{ ...lie, _rev: `1-${'1'.repeat(32)}` } as CouchDoc], { newEdits: false })
    expect(await broken()).toEqual({ seq: victim, id, problem: 'changed' })
    await console.couch.json('POST', `/${officeName}/_purge`, { [id]: [`1-${'1'.repeat(32)}`] })
    const { _id, type, seq, before, says, hash, ...said } = lie as unknown as Record<string, unknown>
    const link = { seq, before, says: hashOf(said) }
    const forged = { _id: id, type, ...said, ...link, hash: hashOf(link) }
    await office.bulk([{ ...forged, _rev: `1-${'2'.repeat(32)}` } as CouchDoc], { newEdits: false })
    expect(await broken()).toEqual({ seq: victim + 1, id: lineId(victim + 1), problem: 'unlinked' })
  })
})
