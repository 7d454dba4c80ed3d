import { afterEach, beforeEach, expect, test } from 'vitest'
import { askedKey, askedPictures } from '../../app/store/asked-pictures.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { offerLinks } from '../../functions/offer-links.ts'
import { jpeg, openPhone, type Phone, until } from './support/open-phone.ts'
import { openServer, type TestServer } from './support/open-server.ts'

let server: TestServer
let phone: Phone
beforeEach(async () => {
  server = await openServer()
  phone = await openPhone(server, { role: 'participant', teams: ['12'] })
})
afterEach(async () => {
  await phone.close()
  await server.close()
})

const opened = async (of = phone) => (await askedPictures(of.store))!
const paths = () => phone.link.log.filter(({ path, status }) => path.startsWith('/i/') && status === 200).length

/** What the function does with the facts that the server has by now. */
async function offer(): Promise<void> {
  const rows = await server.couch().database('zk-demo-log').all({ includeDocs: true })
  const facts = rows.flatMap(({ doc }) => (doc && !doc._id.startsWith('_') ? [doc as unknown as Fact] : []))
  const factsOf = async () => new Map([['12', facts]])
  const effects = await offerLinks.handle(['12'], { event: 'demo', now: () => server.clock.now, factsOf } as never)
  const database = server.couch().database('zk-demo-team-12')
  for (const effect of effects) {
    const id = effect.do === 'put' ? effect.doc._id : effect.do === 'remove' ? effect.id : null
    const standing = id && (await database.get(id))
    const known = standing && { _rev: standing._rev }
    if (effect.do === 'put') await database.put({ ...effect.doc, ...known } as never)
    if (effect.do === 'remove' && standing) await database.bulk([{ _id: standing._id, ...known, _deleted: true }])
  }
}

async function withPhoto(): Promise<{ team: string; photo: string; variant: 'large' }> {
  const photo = await phone.photo(jpeg(9000), { more: { purpose: 'portrait' } })
  await phone.store.sync()
  return { team: '12', photo, variant: 'large' }
}

test('[OT14] a picture asked for without a signal comes by itself when the phone is back, and is there without one', async () => {
  const wanted = await withPhoto()
  const key = askedKey(wanted.photo, wanted.variant)
  const asked = await opened()
  phone.link.cut()
  await asked.ask(wanted)
  expect(asked.all.value.get(key)?.state).toBe('asked')
  await phone.store.sync()
  expect(asked.all.value.get(key)?.state).toBe('asked')
  phone.link.restore()
  await phone.store.sync()
  await offer()
  await phone.store.sync()
  await until(() => asked.all.value.get(key)?.state === 'here')
  const bytes = await asked.bytes(asked.all.value.get(key)!)
  expect([...((await bytes?.bytes()) ?? [])].slice(0, 2)).toEqual([0xff, 0xd8])
  expect(paths()).toBe(1)

  await server.stop()
  await phone.reload()
  const later = await opened()
  const kept = later.all.value.get(key)
  expect(kept?.state).toBe('here')
  expect(await (await later.bytes(kept!))?.bytes()).toEqual(await bytes?.bytes())
  expect(paths()).toBe(1)
})

test('[OT15] taken back before there was a signal it is not fetched; taken back afterwards it is no longer here', async () => {
  const wanted = await withPhoto()
  const key = askedKey(wanted.photo, wanted.variant)
  const asked = await opened()
  phone.link.cut()
  await asked.ask(wanted)
  await asked.cancel(asked.all.value.get(key)!)
  expect(asked.all.value.size).toBe(0)
  phone.link.restore()
  await phone.store.sync()
  await offer()
  await phone.store.sync()
  expect(phone.store.mirrors.team('12').withPrefix('offer:').value).toEqual([])
  await asked.ask(wanted)
  await phone.store.sync()
  await offer()
  await phone.store.sync()
  await until(() => asked.all.value.get(key)?.state === 'here')
  expect(paths()).toBe(1)
  const here = asked.all.value.get(key)!
  await asked.cancel(here)
  await until(async () => (await asked.bytes(here)) === null)
  await phone.store.sync()
  await offer()
  await phone.store.sync()
  expect(phone.store.mirrors.team('12').withPrefix('offer:').value).toEqual([])
})

test('[OT16] a picture that the server lacks is said to be absent, and goes when its day is over', async () => {
  const wanted = { ...(await withPhoto()), photo: `12:photo:${'0'.repeat(26)}` }
  const key = askedKey(wanted.photo, wanted.variant)
  const asked = await opened()
  await asked.ask(wanted)
  await phone.store.sync()
  await offer()
  await phone.store.sync()
  expect(asked.all.value.get(key)?.state).toBe('absent')
  const real = { ...wanted, photo: await phone.photo(jpeg(8000)) }
  await asked.ask(real)
  await phone.store.sync()
  await offer()
  await phone.store.sync()
  await until(() => asked.all.value.get(askedKey(real.photo, 'large'))?.state === 'here')
  server.clock.now += 25 * 3_600_000
  phone.device.clock.advance(25 * 3_600_000)
  await phone.reload()
  expect((await opened()).all.value.get(askedKey(real.photo, 'large'))).toBeUndefined()
})
