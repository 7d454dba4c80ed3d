import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { walkInFacts } from '../../app/staff/walk-in.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { Card } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import type { BlankPage } from '../../design-docs/print.ts'
import { readBib } from '../../functions/rules/bib-qr.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { preview } from '../../functions/rules/preview.ts'
import { scanVerdict } from '../../functions/rules/scan-verdict.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { numberClaims } from '../../sync-server/entry/claim-number.ts'
import { bibKeys } from '../../sync-server/login/keys.ts'
import { blankBibs } from '../../sync-server/print/blank-bibs.ts'
import { printRoutes } from '../../sync-server/print/print-routes.ts'
import { printing } from '../../sync-server/print/printing.ts'
import { addTeams } from '../../sync-server/setup/add-teams.ts'
import { openEvent } from '../feed/support/open-event.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'
import { atMinute, eventDoc, factMaker, planOf } from '../rules/make-facts.ts'
import { readPdf } from './read-pdf.ts'

describe('blank bibs', () => {
  let doors: Doors
  let core: Phone
  beforeEach(async () => {
    doors = await openDoors()
    const desk = await doors.databaseFor('desk')
    await doors.couch
      .database(desk)
      .put({ ...eventDoc(), event: doors.event, code: doors.event } as unknown as CouchDoc)
    doors.app.route('/api', printRoutes(doors.it, { printing: printing() }))
    core = await doors.signIn('core')
  })
  afterEach(() => doors.close())

  const path = () => `/api/events/${doors.event}/print/blank-bibs`
  const blank = (from: number, count: number, by = core) =>
    by.fetch(path(), jsonRequest({ from, count, perPage: 4, language: 'en' }))
  const page = async () => (await (await core.fetch(path())).json()) as BlankPage
  const form = { members: { min: 1, max: 3 }, memberNames: 'full', firstNumber: 1 } as const

  test('[WI1] are signed, say a number and no name, and take no number and no place from entries', async () => {
    const claims = numberClaims(doors.it)
    expect(await claims.claim(doors.event, '01J8Z0000000000000000000A0', form)).toBe('1')
    const answer = await blank(901, 5)
    const pdf = await readPdf(new Uint8Array(await answer.arrayBuffer()))
    expect(pdf.pages).toBe(2)
    expect((await pdf.texts(1)).filter((text) => /^9/.test(text))).toEqual([
      '901',
      '901-1',
      '902',
      '902-1',
      '903',
      '903-1',
      '904',
      '904-1',
    ])
    const { bibs } = await blankBibs(doors.it, doors.event, { from: 905, count: 1, perPage: 1, language: 'ja' })
    const here = { event: doors.event, keys: bibKeys(doors.it.keys) }
    expect(await readBib(bibs[0]?.text ?? '', here)).toMatchObject({ result: 'ok', bib: { number: '905', issue: 1 } })
    const after = numberClaims(doors.it)
    expect(await after.claim(doors.event, '01J8Z0000000000000000000A1', { ...form, maxTeams: 2 })).toBe('2')
    await expect(
      after.claim(doors.event, '01J8Z0000000000000000000A2', { ...form, maxTeams: 2 }),
    ).rejects.toMatchObject({
      code: 'ZK-ENTRY-002',
    })
    expect(await after.claim(doors.event, '01J8Z0000000000000000000A3', { ...form, firstNumber: 903 })).toBe('906')
  })

  test('[WI2] printed again they are the same numbers; others’ numbers are refused by name, and nothing is set aside', async () => {
    expect((await blank(901, 3)).status).toBe(200)
    expect((await blank(902, 4)).status).toBe(200)
    expect((await page()).ranges).toEqual([{ from: 901, to: 905, bound: 0 }])
    const entries = [{ team: '950', name: 'X', classIds: ['a'], members: [] }]
    await addTeams(doors.couch, doors.event, { entries, now: () => 1 })
    const answer = await blank(945, 10)
    expect([answer.status, (await answer.json()) as object]).toMatchObject([
      409,
      { error: { figures: { number: '950' } } },
    ])
    await numberClaims(doors.it).claim(doors.event, '01J8Z0000000000000000000A0', { firstNumber: 960 })
    expect((await blank(960, 1)).status).toBe(409)
    expect(await page()).toMatchObject({ ranges: [{ from: 901, to: 905 }], freeFrom: 1001 })
  })

  test('[WI3] are printed by core and admin alone', async () => {
    for (const role of ['staff', 'judge'] as const)
      expect((await blank(1, 1, await doors.signIn(role))).status).toBe(403)
    expect((await blank(0, 1)).status).toBe(400)
    expect((await blank(1, 1001)).status).toBe(400)
  })

  test('[WI4] a phone at the reception may give one to a team, a judge’s or a participant’s may not', async () => {
    const { bibs } = await blankBibs(doors.it, doors.event, { from: 901, count: 1, perPage: 1, language: 'ja' })
    const reading = await readBib(bibs[0]?.text ?? '', { event: doors.event, keys: bibKeys(doors.it.keys) })
    const station = { kind: 'reception' } as const
    const verdict = scanVerdict({ reading, card: null, own: [], station, plan: planOf(), revoked: [] })
    expect(verdict).toMatchObject({ kind: 'unknown-but-signed', team: '901', bibIssue: 1 })
    const staff = await doors.signIn('staff')
    const about = { name: "O'Brien", kana: '', attention: '', members: [{ id: 'm1', name: ' 髙﨑　一 ' }] }
    const facts = walkInFacts({ ...about, classId: 'a', feePaid: true }, { number: '901', issue: 1 })
    const sent = facts.map((fact) => staff.fact(fact.type, fact))
    expect(await (await staff.push(sent)).json()).toEqual([])
    for (const role of ['judge', 'participant'] as const) {
      const phone = await doors.signIn(role, { teams: ['901'] })
      const [refused] = (await (await phone.push([phone.fact('bind', facts[0])])).json()) as { error?: string }[]
      expect(refused?.error).toBe('forbidden')
    }
    const log = await doors.couch.database(databaseName(doors.event, 'log')).all({ includeDocs: true })
    const kept = log.flatMap(({ doc }) => (doc && !doc._id.startsWith('_') ? [doc as unknown as Fact] : []))
    expect(outcome(kept, planOf())).toMatchObject({
      team: { name: "O'Brien", classIds: ['a'], members: [{ id: 'm1', name: '髙﨑　一' }], bibs: { issue: 1 } },
      card: { reception: { arrived: ['m1'], feePaid: true } },
    })
  })
})

const bindOf = (team: string, name: string, minute = 5, { make } = factMaker(team)) =>
  make('bind', {
    at: atMinute(minute),
    bib: team,
    issue: 1,
    name,
    classIds: ['a'],
    members: [{ id: 'm1', name: 'X' }],
  })

describe('a team made by a blank bib', () => {
  test('[WI5] is made by settle like any other: its earlier check-ins count, and everyone gets its card', async () => {
    const it = await openEvent()
    try {
      const maker = factMaker('901')
      const checkin = maker.scanned('S1', atMinute(20))
      await it.write('log', [checkin])
      const runner = await it.run()
      await runner.drain()
      const verdict = () => it.database('desk').get(`verdict:${checkin._id}`)
      expect(await verdict()).toMatchObject({ status: 'PENDING', reasons: ['unknown-team'] })
      await it.write('log', [bindOf('901', 'Walk-in')])
      await runner.drain()
      expect(await verdict()).toMatchObject({ status: 'AUTO_APPROVED' })
      const card = (await it.database('roster').get('card:901')) as unknown as Card
      expect(card).toMatchObject({ name: 'Walk-in', bibIssue: 1, points: { provisional: expect.any(Number) } })
      expect(card.checkpoints).toHaveLength(1)
    } finally {
      await it.close()
    }
  })

  test('[WI6] an entry of that number goes before it, and two teams on one bib are told to everyone who meets them', () => {
    const { entry, make } = factMaker('901')
    const [one, other] = [
      bindOf('901', 'A', 5),
      { ...bindOf('901', 'B', 9), _id: '901:bind:01J8Z00000000000000000000B' },
    ]
    expect(outcome([one, other], planOf()).team).toMatchObject({ name: 'B', attention: 'B ≠ A' })
    expect(outcome([other, one], planOf())).toEqual(outcome([one, other], planOf()))
    expect(outcome([entry({ name: 'Entered' }), one], planOf()).team).toMatchObject({
      name: 'Entered',
      attention: 'Entered ≠ A',
    })
    const seen = make('correction', { at: atMinute(20), field: 'attention', was: 'B ≠ A', is: '' })
    expect(outcome([one, other, seen], planOf()).team).not.toHaveProperty('attention')
    expect(outcome([{ ...one, bib: '902' } as Fact], planOf()).team).toBeNull()
  })

  test('[WI7] the phone that made it has its card at once, and the server’s card then holds the fact', () => {
    const maker = factMaker('901')
    const own = [bindOf('901', 'Walk-in', 5, maker)]
    const card = outcome(own, planOf()).card
    expect(card).toMatchObject({ name: 'Walk-in', team: '901' })
    const checkin = maker.scanned('S1', atMinute(20))
    expect(preview(card!, [...own, checkin], planOf())).toMatchObject({
      name: 'Walk-in',
      checkpoints: [{ checkpoint: 'S1' }],
    })
    expect(preview(card!, own, planOf())).toBe(card)
  })
})
