import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Evidence, ReviewQueue } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { ulid } from '../../design-docs/ids.ts'
import { claimMs } from '../../sync-server/results/claims.ts'
import { atMinute, factMaker, north } from '../rules/make-facts.ts'
import { type Console, openConsole } from './open-console.ts'

const events = '/events/demo'
let made = 0
const decisionId = () =>
  ulid(
    Date.now(),
    Uint8Array.from({ length: 10 }, () => ++made),
  )

describe('review at the desk', () => {
  let console: Console
  const { entry, recorded, photo, make } = factMaker('12')
  const place = (meters: number) => ({ position: { ...north({ lat: 35.36, lng: 138.72 }, meters), accuracyMeters: 8 } })
  const far = recorded('1', atMinute(20), place(1080))
  const near = recorded('2', atMinute(40), place(2004))
  const later = recorded('3', atMinute(60), place(3090))

  beforeAll(async () => {
    console = await openConsole()
    await console.write(entry(), ...[far, near, later].flatMap((checkin) => [checkin, photo(checkin, { ...place(1) })]))
    await console.settled()
  })
  afterAll(() => console.close())

  const queue = async (filter: string) =>
    (await console.judge.ask<ReviewQueue>('GET', `${events}/review?filter=${filter}`)).body
  const verdictOf = async (checkin: string) =>
    await console.couch.database(databaseName('demo', 'desk')).get(`verdict:${checkin}`)
  const review = (checkin: string, action: 'APPROVED' | 'REJECTED', more: object = {}) => ({
    id: decisionId(),
    ageMs: 0,
    kind: 'review',
    checkin,
    action,
    ...more,
  })

  it('[CR1] lists what waits for a person first, oldest first, then what the rules let pass', async () => {
    const { items, counts } = await queue('open')
    expect(items.map(({ checkin, status }) => [checkin, status])).toEqual([
      [far._id, 'PENDING'],
      [later._id, 'PENDING'],
      [near._id, 'AUTO_APPROVED'],
    ])
    expect(counts).toMatchObject({ PENDING: 2, AUTO_APPROVED: 1 })
    expect((await queue('PENDING')).items).toHaveLength(2)
  })

  it('[CR2] shows the evidence: place, radius, distance, clock, photos', async () => {
    const { body } = await console.judge.ask<Evidence>('GET', `${events}/review/${far._id}`)
    expect(body.item.reasons).toContain('too-far')
    expect(body.item.distanceMeters).toBeCloseTo(80, 0)
    expect(body.checkpoint).toMatchObject({ radiusMeters: 50, points: 10 })
    expect(body.clock).toMatchObject({ offsetMs: 0 })
    expect(body.photos).toHaveLength(1)
    expect(body.memberCount).toBe(1)
  })

  it('[CR15] says who brought it in a file, if its device did not deliver it first', async () => {
    const carried = async () => (await console.judge.ask<Evidence>('GET', `${events}/review/${far._id}`)).body.carrier
    expect(await carried()).toBeNull()
    const brought = (receivedAt: number, account: string) =>
      make('arrival', {
        at: atMinute(60),
        facts: [far._id],
        receivedAt,
        server: 's',
        carrier: { account, device: 'carrierdevice' },
      })
    await console.write(brought(atMinute(61), 'late-one'), brought(atMinute(60), 'sato'))
    expect(await carried()).toBe('sato')
    await console.write(make('arrival', { at: atMinute(60), facts: [far._id], receivedAt: atMinute(59), server: 's' }))
    expect(await carried()).toBeNull()
    await console.settled()
  })

  it('[CR3] a decision becomes one fact by its judge, however often it is sent', async () => {
    const decision = review(far._id, 'APPROVED', { ageMs: 60_000 })
    const sent = await Promise.all([1, 2, 3].map(() => console.judge.ask('POST', `${events}/decisions`, decision)))
    expect(sent.map(({ status }) => status)).toEqual([200, 200, 200])
    await console.settled()
    expect(await verdictOf(far._id)).toMatchObject({ status: 'APPROVED', reviewedBy: 'judge' })
    const reviews = (await console.log()).filter((fact) => fact?.type === 'review' && fact.checkin === far._id)
    expect(reviews).toHaveLength(1)
    expect(reviews[0]).toMatchObject({ by: 'judge', as: 'judge', device: 'judgedevice' })
    expect(Date.now() - Number(reviews[0]?.at)).toBeGreaterThanOrEqual(60_000)
  })

  it('[CR4] taking a review back leaves what the rules said', async () => {
    const { body } = await console.judge.ask<Evidence>('GET', `${events}/review/${far._id}`)
    const standing = body.reviews[0]?.review
    const undo = { id: decisionId(), ageMs: 0, kind: 'void', fact: standing, reason: 'slip' }
    expect((await console.judge.ask('POST', `${events}/decisions`, undo)).status).toBe(200)
    await console.settled()
    expect(await verdictOf(far._id)).toMatchObject({ status: 'PENDING' })
    const after = await console.judge.ask<Evidence>('GET', `${events}/review/${far._id}`)
    expect(after.body.reviews[0]).toMatchObject({ takenBack: true })
  })

  it('[CR5] a judge who has not seen another’s decision does not overrule it; one who has may', async () => {
    await console.judge.ask('POST', `${events}/decisions`, review(later._id, 'REJECTED', { comment: 'blurred' }))
    await console.settled()
    const second = console.caller('judge', 'judge2')
    const blind = await second.ask<{ error: { code: string; figures: Record<string, unknown> } }>(
      'POST',
      `${events}/decisions`,
      review(later._id, 'APPROVED'),
    )
    expect(blind.status).toBe(409)
    expect(blind.body.error).toMatchObject({
      code: 'ZK-JUDGE-002',
      figures: { reviewedBy: 'judge', status: 'REJECTED' },
    })
    const seenReviewedAt = blind.body.error.figures.reviewedAt
    expect(
      (await second.ask('POST', `${events}/decisions`, review(later._id, 'APPROVED', { seenReviewedAt }))).status,
    ).toBe(200)
    await console.settled()
    expect(await verdictOf(later._id)).toMatchObject({ status: 'APPROVED', reviewedBy: 'judge2' })
  })

  it('[CR6] decisions about nothing, by the wrong role, or in no known form are refused', async () => {
    const nothing = review(`12:checkin:${decisionId()}`, 'APPROVED')
    expect((await console.judge.ask('POST', `${events}/decisions`, nothing)).body).toMatchObject({
      error: { code: 'ZK-JUDGE-001' },
    })
    const core = console.caller('core')
    expect((await core.ask('POST', `${events}/decisions`, review(near._id, 'APPROVED'))).status).toBe(403)
    const staff = console.caller('staff')
    expect((await staff.ask('POST', `${events}/decisions`, review(near._id, 'APPROVED'))).status).toBe(403)
    expect(
      (await console.judge.ask('POST', `${events}/decisions`, review(near._id, 'REJECTED', { ageMs: -1 }))).status,
    ).toBe(400)
    expect((await console.judge.ask('POST', '/events/other/decisions', review(near._id, 'APPROVED'))).status).toBe(403)
  })

  it('[CR7] an adjustment, a ruling and a correction move the team with their reasons', async () => {
    const decide = (decision: object) =>
      console.admin.ask('POST', `${events}/decisions`, { id: decisionId(), ageMs: 0, team: '12', ...decision })
    await decide({ kind: 'adjustment', points: -7, reason: 'littering' })
    await decide({ kind: 'correction', field: 'name', is: '里山ハイカーズ' })
    await decide({ kind: 'ruling', status: 'disqualified', reason: 'took a bus' })
    await console.settled()
    const { body } = await console.admin.ask<{ card: Record<string, unknown>; team: Record<string, unknown> }>(
      'GET',
      `${events}/teams/12`,
    )
    expect(body.card).toMatchObject({ lines: [{ kind: 'adjustment', points: -7, reason: 'littering' }] })
    expect(body.team).toMatchObject({ name: '里山ハイカーズ', status: 'disqualified', statusReason: 'took a bus' })
    expect(body.team.corrections).toMatchObject([{ field: 'name', was: 'Team', is: '里山ハイカーズ', by: 'admin' }])
  })

  it('[CR8] two judges who reach for one check-in learn whose it is; a claim given up or run out is free', async () => {
    const second = console.caller('judge', 'judge2')
    const take = (who: typeof second, body: object) =>
      who.ask<{ claim: { by: string } | null; mine: boolean }>('POST', `${events}/claims`, body)
    const both = await Promise.all([take(console.judge, { checkin: near._id }), take(second, { checkin: near._id })])
    expect(both.map(({ body }) => body.mine).sort()).toEqual([false, true])
    const holder = both[0]!.body.mine ? console.judge : second
    const other = both[0]!.body.mine ? second : console.judge
    expect((await take(holder, { checkin: near._id })).body.mine).toBe(true)
    await take(holder, { release: near._id })
    expect((await take(other, { checkin: near._id })).body.mine).toBe(true)
    console.clock.aheadMs = claimMs + 1
    expect((await take(holder, { checkin: near._id })).body.mine).toBe(true)
    console.clock.aheadMs = 0
  })
})
