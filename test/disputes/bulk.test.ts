import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ReviewQueue } from '../../design-docs/console.ts'
import type { AuditPage, BulkLook, BulkRow } from '../../design-docs/disputes.ts'
import { ulid } from '../../design-docs/ids.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { atMinute, checkpointDocs, factMaker, north } from '../rules/make-facts.ts'

const root = '/events/demo'
let made = 0
const newId = () =>
  ulid(
    Date.now(),
    Uint8Array.from({ length: 10 }, () => ++made),
  )
const numbers = Array.from({ length: 100 }, (_, i) => String(i + 1))

describe('many decisions at once', () => {
  let console: Console
  beforeAll(async () => {
    console = await openConsole()
    const places = checkpointDocs().filter(({ kind }) => kind === 'photo')
    const facts = numbers.flatMap((team, n) => {
      const make = factMaker(team)
      const device = n % 2 ? 'phoneodd1' : 'phoneeven'
      const visits = places.map((place, i) =>
        make.recorded(place.number, atMinute(10 + 20 * i), {
          device,
          position: { ...north(place, 0), accuracyMeters: 5 },
        }),
      )
      return [make.entry({ classIds: [n < 60 ? 'a' : 'b'] }), ...visits]
    })
    await console.write(...facts)
    await console.settled()
  })
  afterAll(() => console.close())

  const look = async (filter: object) => (await console.judge.ask<BulkLook>('POST', `${root}/bulks/look`, filter)).body
  const begin = (items: BulkLook['items'], more: object = {}) =>
    console.judge.ask<BulkRow>('POST', `${root}/bulks`, { id: newId(), action: 'APPROVED', items, ...more })
  const step = async (id: string, what: 'run' | 'undo', who = console.judge) =>
    (await who.ask<BulkRow>('POST', `${root}/bulks/${id}/${what}`)).body
  async function all(id: string, what: 'run' | 'undo'): Promise<BulkRow> {
    for (;;) {
      const row = await step(id, what)
      if ((what === 'run' ? row.next : row.undo?.next) === (what === 'run' ? row.total : row.next)) return row
    }
  }
  const counts = async () => (await console.judge.ask<ReviewQueue>('GET', `${root}/review`)).body.counts
  const decide = (checkin: string, who = console.caller('judge', 'judge2')) =>
    who.ask('POST', `${root}/decisions`, { id: newId(), ageMs: 0, kind: 'review', checkin, action: 'REJECTED' })

  test('[BU1] every filter of the queue chooses and counts the same check-ins for a bulk', async () => {
    for (const filter of [
      { filter: 'PENDING' },
      { checkpoint: '2' },
      { team: '12' },
      { class: 'b' },
      { device: 'phoneodd1', checkpoint: '3' },
      { reason: 'no-photo' },
      { reason: 'too-far' },
      { by: 'team12', class: 'a' },
      { filter: 'decided' },
    ]) {
      const query = new URLSearchParams({ ...(filter as Record<string, string>), limit: '500' })
      const { body: queue } = await console.judge.ask<ReviewQueue>('GET', `${root}/review?${query}`)
      const looked = await look(filter)
      expect(looked.total, JSON.stringify(filter)).toBe(queue.total)
      expect(looked.items.map(({ checkin }) => checkin)).toEqual(queue.items.map(({ checkin }) => checkin))
    }
    expect(await look({ class: 'b' })).toMatchObject({ total: 200, teams: 40, byStatus: { PENDING: 200 } })
    expect(await look({ reason: 'too-far' })).toMatchObject({ total: 0 })
  })

  test('[BU2] five hundred are decided, each once, but none that was decided or taken back meanwhile', async () => {
    const { items } = await look({ filter: 'open' })
    expect(items).toHaveLength(500)
    // What is decided now is not in any verdict yet when the bulk begins.
    await decide(items[7]!.checkin)
    const make = factMaker('1')
    const gone = items.find(({ checkin }) => checkin.startsWith('1:'))!.checkin
    await console.write({
      ...make.make('void', { at: Date.now(), fact: gone, reason: 'twice', by: 'judge2', as: 'judge' }),
      _id: `1:void:${newId()}`,
    })
    const { body: bulk } = await begin(items, { comment: 'seen on the list' })
    await Promise.all([step(bulk.id, 'run'), step(bulk.id, 'run')])
    const done = await all(bulk.id, 'run')
    expect(done.skipped.map(({ why }) => why).sort()).toEqual(['decided', 'gone'])
    await console.settled()
    expect(await counts()).toEqual({ PENDING: 0, AUTO_APPROVED: 0, APPROVED: 498, REJECTED: 1 })
    const reviews = (await console.log()).filter((fact) => fact?.type === 'review' && fact.action === 'APPROVED')
    expect(reviews).toHaveLength(498)
    expect(reviews[0]).toMatchObject({ by: 'judge', as: 'judge', comment: 'seen on the list' })
    const audit = await console.admin.ask<AuditPage>('GET', `${root}/audit?action=bulk-decided`)
    expect(audit.body.audit[0]).toMatchObject({ by: 'judge', details: { checkins: 500, skipped: 2 } })
  })

  test('[BU3] taken back whole, it leaves what came before and after it', async () => {
    const {
      body: {
        bulks: [bulk],
      },
    } = await console.judge.ask<{ bulks: BulkRow[] }>('GET', `${root}/bulks`)
    const later =
      (await look({ checkpoint: '4' })).items[0] ?? (await look({ filter: 'decided', checkpoint: '4' })).items[3]!
    await console.judge.ask('POST', `${root}/decisions`, {
      id: newId(),
      ageMs: 0,
      kind: 'review',
      checkin: later.checkin,
      action: 'REJECTED',
    })
    const undone = await all(bulk!.id, 'undo')
    expect(undone.undo).toMatchObject({ by: 'judge', next: 500 })
    expect(await step(bulk!.id, 'run')).toMatchObject({ undo: { next: 500 } })
    await console.settled()
    expect(await counts()).toEqual({ PENDING: 497, AUTO_APPROVED: 0, APPROVED: 0, REJECTED: 2 })
  })

  test('[BU4] a decision that was seen may be overruled together with others', async () => {
    const { items } = await look({ filter: 'decided' })
    const { body: bulk } = await begin(items)
    expect((await all(bulk.id, 'run')).skipped).toEqual([])
    await console.settled()
    expect(await counts()).toMatchObject({ APPROVED: 2, REJECTED: 0 })
  })

  test('[BU5] who may not judge may not judge many; an unknown bulk and a broken one are refused', async () => {
    const items = [{ checkin: `1:checkin:${newId()}` }]
    for (const role of ['core', 'staff'] as const) {
      const answer = await console.caller(role).ask('POST', `${root}/bulks`, { id: newId(), action: 'APPROVED', items })
      expect(answer.status).toBe(403)
    }
    expect((await console.judge.ask('POST', `${root}/bulks/${newId()}/run`)).status).toBe(404)
    expect((await begin([])).status).toBe(400)
    const { body: bulk } = await begin(items)
    expect((await all(bulk.id, 'run')).skipped).toEqual([{ checkin: items[0]!.checkin, why: 'gone' }])
  })

  test('[BU6] a program decides by the kept route, once, and overrules nobody', async () => {
    const { items } = await look({ filter: 'PENDING', checkpoint: '5' })
    const checkin_id = items[0]!.checkin
    const confirm = (body: object, path = '/confirm-checkin-validation/') => console.judge.ask('POST', path, body)
    const first = await confirm({ checkin_id, action: 'approved', comment: 'by script' })
    expect(first).toMatchObject({
      status: 200,
      body: { status: 'OK', validation_status: 'APPROVED', validation_comment: 'by script', validated_by: 'judge' },
    })
    expect(Date.parse(String(first.body.validated_at))).toBeGreaterThan(Date.now() - 60_000)
    const again = await confirm({ checkin_id, action: 'APPROVED', comment: 'by script' }, '/confirm-checkin-validation')
    expect(again.body).toEqual(first.body)
    await console.settled()
    const other = await console
      .caller('judge', 'judge2')
      .ask('POST', '/confirm-checkin-validation/', { checkin_id, action: 'REJECTED' })
    expect(other).toMatchObject({
      status: 409,
      body: { status: 'ERROR', message: expect.stringContaining('ZK-JUDGE-002') },
    })
    expect(await confirm({ checkin_id, action: 'REJECTED', comment: '=1+1' })).toMatchObject({
      body: { validation_status: 'REJECTED', validation_comment: '=1+1' },
    })
    for (const [body, status] of [
      [{ checkin_id: `1:checkin:${newId()}`, action: 'APPROVED' }, 404],
      [{ checkin_id, action: 'MAYBE' }, 400],
      [{ checkin_id: '../../x', action: 'APPROVED' }, 400],
    ] as const)
      expect(await confirm(body)).toMatchObject({ status, body: { status: 'ERROR' } })
    expect((await console.caller('core').ask('POST', '/confirm-checkin-validation/', {})).status).toBe(403)
    const reviews = (await console.log()).filter((fact) => fact?.type === 'review' && fact.checkin === checkin_id)
    expect(reviews.filter((fact) => fact?.comment === 'by script')).toHaveLength(1)
  })
})
