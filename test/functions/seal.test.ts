import { afterEach, beforeEach, expect, test } from 'vitest'
import { wakeId } from '../../design-docs/runner-docs.ts'
import { bibOpener } from '../../functions/rules/bib-opener.ts'
import { parseBib } from '../../functions/rules/bib-qr.ts'
import { openCard } from '../../functions/rules/open-card.ts'
import { seal } from '../../functions/seal.ts'
import type { Runner } from '../../sync-server/feed/start-runner.ts'
import { shareKeys } from '../../sync-server/setup/share-keys.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { atMinute, factMaker, noticeFact } from '../rules/make-facts.ts'
import { testBibText } from '../support/bib-texts.ts'

let it: OpenEvent
let runner: Runner
beforeEach(async () => {
  it = await openEvent()
  runner = await it.run()
})
afterEach(() => it.close())

/** Bibs of another key: like the ones of a key that was changed. */
const formerText = async (bib: { event: string; number: string; issue: number }) =>
  testBibText({ ...bib, number: `${bib.number}F` })

/** The card that a phone sees which has scanned this bib, or null. */
async function seenBy(number: string, issue: number, textOf = testBibText) {
  const bib = parseBib(await textOf({ event: it.event, number, issue }))
  if (typeof bib === 'string') throw new Error(bib)
  const opener = await bibOpener(bib.signature)
  const doc = await it.database('gate').get(opener.id)
  return doc && (await openCard(opener, String(doc.box)))
}
const sealedIds = async () =>
  (await it.database('gate').all({ startkey: 'sealed:', endkey: 'sealed;' })).map(({ id }) => id)
const write = async (...facts: Parameters<OpenEvent['write']>[1]) => {
  expect(await it.write('log', facts)).toEqual([])
  await runner.drain()
}

test('[GT6] a bib opens the card of its team, as the roster has it, and follows it', async () => {
  const { entry, scanned } = factMaker('12')
  await write(entry(), factMaker('13').entry())
  expect(await seenBy('12', 1)).toMatchObject({ team: '12', checkpoints: [] })
  await write(scanned('S1', atMinute(10)))
  const { _rev, ...onRoster } = (await it.database('roster').get('card:12'))!
  expect(await seenBy('12', 1)).toEqual(onRoster)
  expect(await sealedIds()).toHaveLength(2)
  expect(await seenBy('12', 2)).toBeNull()
})

test('[GT7] each issue that holds opens it; a revoked one and one that was never given out do not', async () => {
  const { entry, make, undo } = factMaker('12')
  const second = make('correction', { at: atMinute(1), field: 'bibIssue', was: 1, is: 2 })
  await write(entry(), second)
  expect([await seenBy('12', 1), await seenBy('12', 2)]).toEqual([expect.anything(), expect.anything()])
  const lost = make('correction', { at: atMinute(2), field: 'revokedBibs', was: [], is: [1] })
  await write(lost)
  expect([await seenBy('12', 1), await seenBy('12', 2)]).toEqual([null, expect.anything()])
  // Found again after all, and the second one is of no worth once it is revoked instead.
  await write(undo(lost as never), make('correction', { at: atMinute(3), field: 'revokedBibs', was: [], is: [2] }))
  expect([await seenBy('12', 1), await seenBy('12', 2)]).toEqual([expect.anything(), null])
  await write(undo(second as never))
  expect(await sealedIds()).toHaveLength(1)
})

test('[GT8] a withdrawn team is seen to be one; a team that is gone leaves nothing', async () => {
  const { entry, make } = factMaker('12')
  const entered = entry()
  await write(entered, make('ruling', { at: atMinute(1), status: 'withdrawn', reason: 'ill', as: 'admin' }))
  expect(await seenBy('12', 1)).toMatchObject({ status: 'withdrawn' })
  await write(make('void', { at: atMinute(2), fact: entered._id, reason: 'twice', as: 'admin' }))
  expect(await it.database('roster').get('card:12')).toBeNull()
  expect(await sealedIds()).toEqual([])
})

test('[GT9] a new key seals every card once more, for old bibs too; of a forgotten key nothing is left', async () => {
  await write(factMaker('12').entry(), factMaker('13').entry())
  await runner.stop()
  const wake = async (keys: Record<string, string>) =>
    await shareKeys(it.couch, { events: [it.event], keys, now: it.clock.now })
  await wake({ K1: 'public', K2: 'other' })
  const second = await it.run({
    bibKeys: async () => ({ K1: 'public', K2: 'other' }),
    bibTexts: async (bib) => [await testBibText(bib), await formerText(bib)],
  })
  await second.drain()
  for (const team of ['12', '13'])
    expect([await seenBy(team, 1), await seenBy(team, 1, formerText)]).toEqual([
      expect.objectContaining({ team }),
      expect.objectContaining({ team }),
    ])
  expect(await it.couch.database('zk-office').get(wakeId(it.event, seal.name, '*'))).toBeNull()
  await second.stop()
  await wake({ K1: 'public' })
  const third = await it.run()
  await third.drain()
  expect([await seenBy('12', 1), await seenBy('12', 1, formerText)]).toEqual([expect.anything(), null])
  expect(await sealedIds()).toHaveLength(2)
  expect((await third.sweep()).differences).toEqual([])
})

test('[GT10] the sweep takes away what no bib opens, and makes again what is missing', async () => {
  await write(factMaker('12').entry())
  const gate = it.database('gate')
  const [own = ''] = await sealedIds()
  await gate.put({ ...(await gate.get(own))!, _deleted: true })
  await gate.put({ _id: `sealed:${'A'.repeat(26)}`, type: 'sealed', event: it.event, box: '' })
  const { differences } = await runner.sweep()
  expect(differences.map(({ database, kind }) => `${kind} ${database.slice(-4)}`).sort()).toEqual([
    'left over gate',
    'missing gate',
  ])
  expect(await sealedIds()).toEqual([own])
})

test('[GT11] what is said to staff and who they are lies open; what is said to single teams and how many have come does not', async () => {
  const person = { _id: 'person:a', type: 'person', account: 'a', name: '佐藤', role: 'staff' }
  await it.write('desk', [person])
  await write(
    factMaker('12').entry(),
    noticeFact(1, { audience: { roles: ['staff', 'core'] }, title: 'staff' }),
    noticeFact(2, { audience: { teams: ['12'] }, title: 'team' }),
    noticeFact(3, { audience: {}, title: 'all' }),
    noticeFact(4, { audience: { roles: ['staff'] }, title: 'later', publishAt: it.clock.now() + 60_000 }),
  )
  expect(await it.database('gate').get('attendance')).toBeNull()
  const open = async () =>
    (await it.database('gate').all({ includeDocs: true })).flatMap(({ doc }) =>
      doc?.type === 'notice' || doc?.type === 'person' ? [String(doc.title ?? doc.name)] : [],
    )
  expect((await open()).sort()).toEqual(['staff', '佐藤'])
  it.clock.advance(60_000)
  await runner.drain()
  expect((await open()).sort()).toEqual(['later', 'staff', '佐藤'])
})
