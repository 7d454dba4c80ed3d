import { type Signal, signal } from '@preact/signals'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { followSealed } from '../../app/staff/sealed-cards.ts'
import type { Card } from '../../design-docs/derived.ts'
import { menuBits } from '../../design-docs/menus.ts'
import { bibOpener } from '../../functions/rules/bib-opener.ts'
import { parseBib } from '../../functions/rules/bib-qr.ts'
import { sealCard } from '../../functions/rules/seal-card.ts'
import { readMenus, saveMenus } from '../../sync-server/login/menu-masks.ts'
import { cardDoc } from '../rules/make-cards.ts'
import { testBibText } from '../support/bib-texts.ts'
import { openPhone, type Phone, until } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
let phone: Phone
beforeEach(async () => {
  server = await openServer()
  const cards = ['12', '13'].map((team) => cardDoc(team, { name: `Name of ${team}` }))
  await server.write('roster', [...cards, person])
  await server.write('gate', [...(await Promise.all(cards.map(sealedOf))), person])
  phone = await openPhone(server, { role: 'staff' })
  await phone.store.sync()
})
afterEach(async () => {
  await phone.close()
  await server.close()
})

const person = { _id: 'person:a', type: 'person', event: 'demo', account: 'a', name: 'Sato', role: 'staff' }
const bibOf = (number: string, issue = 1) => testBibText({ event: 'demo', number, issue })
async function sealedOf(card: Card) {
  const bib = parseBib(await bibOf(card.team))
  if (typeof bib === 'string') throw new Error(bib)
  return await sealCard(card, await bibOpener(bib.signature))
}
const open = (store = phone.store) => {
  const cards: Signal<ReadonlyMap<string, Card>> = signal(new Map())
  return { cards, take: followSealed(store, cards) }
}
const namesIn = (cards: Signal<ReadonlyMap<string, Card>>) => [...cards.value.values()].map(({ name }) => name)
const grant = async (staff: number) => {
  const { _rev } = await readMenus(server.it(), 'demo')
  await saveMenus(server.it(), 'demo', { masks: { staff }, _rev })
}
const states = ({ mirrors } = phone.store) => [mirrors.roster.state.value, mirrors.gate.state.value]
/** A minute later the phone tells of itself and hears what it may open; another round fetches that. */
const aMinuteLater = async () => {
  phone.device.clock.advance(61_000)
  server.clock.now += 61_000
  await phone.store.sync()
  await phone.store.sync()
}

test('[GT12] a phone that may not search carries sealed cards alone; those whose bib it scanned it opens, offline and after a restart', async () => {
  expect(states()).toEqual(['empty', 'complete'])
  const first = open()
  await first.take(await bibOf('13', 2))
  expect(namesIn(first.cards)).toEqual([])
  await server.stop()
  await first.take(` ${(await bibOf('12')).toLowerCase()}\n`)
  expect(namesIn(first.cards)).toEqual(['Name of 12'])
  const held = await phone.device.dump()
  expect(held).toContain('Sato')
  expect(held).not.toMatch(/Name of|card:1/)
  await phone.reload()
  const again = open()
  await until(() => namesIn(again.cards).length > 0)
  expect(namesIn(again.cards)).toEqual(['Name of 12'])
  await server.start()
})

test('[GT13] what is sealed anew is read anew, what comes later opens by itself, what is gone is gone', async () => {
  const { cards, take } = open()
  await take(await bibOf('12'))
  await take(await bibOf('14'))
  await server.write('gate', [await sealedOf(cardDoc('12', { name: 'Another' })), await sealedOf(cardDoc('14'))])
  await phone.store.sync()
  await until(() => cards.value.size === 2)
  expect(namesIn(cards).sort()).toEqual(['Another', 'Team 14'])
  const { _id } = await sealedOf(cardDoc('12'))
  const gate = server.couch().database('zk-demo-gate')
  await gate.put({ ...(await gate.get(_id))!, _deleted: true })
  await phone.store.sync()
  await until(() => cards.value.size === 1)
})

test('[GT14] a mask that changes while it runs takes the roster away from the phone, or the sealed cards, within a minute', async () => {
  const { cards, take } = open()
  await take(await bibOf('12'))
  await grant(757 | menuBits.search)
  await aMinuteLater()
  expect(states()).toEqual(['complete', 'empty'])
  await until(() => cards.value.size === 0)
  expect(await phone.device.dump()).toContain('Name of 13')
  expect(await phone.device.dump()).not.toContain('"type":"sealed"')

  await grant(757)
  await aMinuteLater()
  expect(states()).toEqual(['empty', 'complete'])
  expect(await phone.device.dump()).not.toMatch(/Name of|card:1/)
  await until(() => cards.value.size === 1)
  expect(namesIn(cards)).toEqual(['Name of 12'])

  await grant(757 | menuBits.search)
  await aMinuteLater()
  expect(states()).toEqual(['complete', 'empty'])
})

test('[GT19] a phone that is connected follows a mask and a setting at once, without asking, and what it heard before its last sign-in says nothing', async () => {
  const say = async (staff: number) => {
    await grant(staff)
    const board = server.couch().database('zk-demo-board')
    const { _rev } = (await board.get('menus')) ?? {}
    const doc = { _id: 'menus', type: 'menus', event: 'demo', masks: { staff } }
    await server.write('board', [{ ...doc, ...(_rev === undefined ? {} : { _rev }) }])
  }
  await phone.reload({ replication: 'live' })
  await say(757 | menuBits.search)
  // Its clock stands: no minute passes in which it would tell of itself and hear of it.
  await until(() => states().join() === 'complete,empty')
  expect(phone.store.session.menus.value).toBe(757 | menuBits.search)
  await server.write('board', [{ _id: 'setting:headquarters-phone', value: '058-000-0000' } as { _id: string }])
  await until(() => phone.store.mirrors.board.docs.value.has('setting:headquarters-phone'))
  await say(757)
  await until(() => states().join() === 'empty,complete')

  await phone.reload({ replication: 'manual' })
  await grant(757 | menuBits.search)
  await phone.store.session.leave()
  await phone.store.session.signIn(await server.invite('staff', { name: 'Staff' }), 'x')
  expect(phone.store.session.menus.value).toBe(757 | menuBits.search)
  await phone.store.sync()
  expect(phone.store.session.menus.value).toBe(757 | menuBits.search)
})

test('[AT5] the figures of who came are on a phone while its menu shows them', async () => {
  const figures = phone.store.mirrors.figures
  await server.write('figures', [{ _id: 'attendance' }])
  await phone.store.sync()
  await until(() => figures.docs.value.size === 1)
  await grant(757 & ~menuBits.attendance)
  await aMinuteLater()
  expect([figures.state.value, figures.docs.value.size]).toEqual(['empty', 0])
  expect(await phone.device.dump()).not.toContain('attendance')
  await grant(757)
  await aMinuteLater()
  expect([figures.state.value, figures.docs.value.size]).toEqual(['complete', 1])
})

test('[GT15] who comes next on the same phone sees what is theirs, and nothing that was left', async () => {
  await phone.store.session.leave()
  await phone.store.session.signIn(await server.invite('core', { name: 'Core' }), 'x')
  await phone.store.sync()
  expect(states()).toEqual(['complete', 'empty'])
  await phone.store.session.leave()
  await phone.store.session.signIn(await server.invite('staff', { name: 'Staff' }), 'x')
  await phone.store.sync()
  expect(states()).toEqual(['empty', 'complete'])
  expect(await phone.device.dump()).not.toMatch(/Name of|card:1/)
})

test('[GT16] a page that ended while it let the roster go finishes at its next start', async () => {
  await grant(757 | menuBits.search)
  await aMinuteLater()
  phone.device.refuseWrites((name) => name.includes('ledger'))
  await grant(757)
  await aMinuteLater()
  phone.device.refuseWrites(null)
  await phone.reload()
  await phone.store.sync()
  expect(states()).toEqual(['empty', 'complete'])
  expect(await phone.device.dump()).not.toMatch(/Name of|card:1/)
})
