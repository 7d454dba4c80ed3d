import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ImageDoc } from '../../design-docs/derived.ts'
import type { FunctionSpec } from '../../functions/define.ts'
import { handOut } from '../../functions/hand-out.ts'
import { functions } from '../../functions/index.ts'
import type { Clock } from '../../sync-server/feed/clock.ts'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { testBibText } from '../support/bib-texts.ts'
import { settleDown, smallDay } from './scenario.ts'

let it: OpenEvent
let runner: Runner
beforeEach(async () => {
  it = await openEvent()
  runner = await it.run()
})
afterEach(() => it.close())

test('[SH7] a team sees its own card, verdicts and images, with thumbnails and without storage keys, and no one else’s', async () => {
  const { facts, files } = await smallDay()
  for (const [key, bytes] of files) it.files.set(key, bytes)
  await it.write('log', facts)
  await settleDown(it, runner)
  const rows = await it.ofTeam('12').all({ includeDocs: true })
  const ids = rows.map(({ id }) => id)
  expect(
    ids.filter(
      (id) => !/^(_design\/zekken|(bib|card|portrait):12$|(verdict|image|recoloured|message|offer):12:)/.test(id),
    ),
  ).toEqual([])
  expect(JSON.stringify(rows)).not.toMatch(/storageKey|original-of/)
  const image = ids.find((id) => id.startsWith('image:')) ?? ''
  const doc = (await it.ofTeam('12').get(image)) as unknown as ImageDoc
  expect(doc.sizes['480']).toMatchObject({ width: 480, height: 360 })
  expect(await it.ofTeam('12').attachment(image, 'thumbnail')).toEqual(
    await it.database('desk').attachment(image, 'thumbnail'),
  )
})

test('[SH13] a team has what the QR of its bib says, and of a reissued one what the new one says', async () => {
  const { entry, make } = factMaker('12')
  await it.write('log', [entry()])
  await runner.drain()
  const said = async () => (await it.ofTeam('12').get('bib:12'))?.text
  expect(await said()).toBe(await testBibText({ event: it.event, number: '12', issue: 1 }))
  await it.write('log', [make('correction', { at: atMinute(1), field: 'bibIssue', was: 1, is: 2 })])
  await runner.drain()
  expect(await said()).toBe(await testBibText({ event: it.event, number: '12', issue: 2 }))
  expect(await it.database('roster').get('bib:12')).toBeNull()
})

test('[SH12] what was said is in the team’s own database alone, what was taken back without its text', async () => {
  const { facts } = await smallDay()
  await it.write('log', facts)
  await settleDown(it, runner)
  const said = async (database: ReturnType<OpenEvent['database']>) =>
    (await database.all({ startkey: 'message:', endkey: 'message;', includeDocs: true })).map(({ doc }) => doc?.text)
  expect(await said(it.ofTeam('12'))).toEqual(['なぜ?', '', 'Approved 👍'])
  expect(await said(it.database('desk'))).toEqual(['なぜ?', 'wrong thread', 'Approved 👍'])
  for (const other of [it.ofTeam('13'), it.database('board'), it.database('roster')])
    expect(await said(other)).toEqual([])
  expect(await it.ofTeam('12').get('thread:12')).toBeNull()
})

test('[SH9] an undone check-in leaves the team’s database', async () => {
  const { entry, scanned, undo } = factMaker('12')
  const checkin = scanned('S1', atMinute(10))
  await it.write('log', [entry(), checkin])
  await runner.drain()
  expect(await it.ofTeam('12').get(`verdict:${checkin._id}`)).not.toBeNull()
  await it.write('log', [undo(checkin)])
  await runner.drain()
  expect(await it.ofTeam('12').get(`verdict:${checkin._id}`)).toBeNull()
})

test('[SH10] staff see a card before the databases of teams are written', async () => {
  await runner.stop()
  const { promise: teamsMayBeWritten, resolve } = Promise.withResolvers<void>()
  const slow: FunctionSpec = {
    ...handOut,
    async handle(ids, ctx) {
      await teamsMayBeWritten
      return handOut.handle(ids, ctx)
    },
  }
  const later = await it.run({ functions: functions.map((spec) => (spec === handOut ? slow : spec)) })
  await it.write('log', [factMaker('12').entry()])
  await expect.poll(async () => await it.database('roster').get('card:12')).not.toBeNull()
  expect(await it.couch.exists(it.ofTeam('12').name)).toBe(false)
  resolve()
  await later.drain()
  expect(await it.ofTeam('12').get('card:12')).not.toBeNull()
})

test('[SH11] after each team’s database it rests twice as long as that took', async () => {
  await runner.stop()
  const rests: number[] = []
  let now = it.clock.now()
  const clock: Clock = {
    // Each look at the clock takes a millisecond; only short rests are over at once.
    now: () => now++,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve()
        signal.addEventListener('abort', () => resolve())
        if (ms > 400) return
        rests.push(ms)
        setImmediate(resolve)
      }),
  }
  const others = functions.filter((spec) => spec.paceMs === undefined)
  const later = await it.run({ functions: [...others, { ...handOut, paceMs: 0 }], clock })
  await it.write(
    'log',
    ['12', '13', '14'].map((team) => factMaker(team).entry()),
  )
  for (const team of ['12', '13', '14']) {
    await expect
      .poll(
        async () =>
          await it
            .ofTeam(team)
            .get(`card:${team}`)
            .catch(() => null),
      )
      .not.toBeNull()
  }
  await later.stop()
  expect(rests.filter((ms) => ms > 0 && ms % 2 === 0).length).toBeGreaterThanOrEqual(3)
})
