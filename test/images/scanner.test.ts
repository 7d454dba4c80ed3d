import { createHash } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { databaseName } from '../../design-docs/databases.ts'
import type { FactOf } from '../../design-docs/facts.ts'
import { outgoing } from '../../design-docs/mail.ts'
import { heldId } from '../../design-docs/pictures.ts'
import { noteHeld } from '../../sync-server/images/held-pictures.ts'
import { readClamdPlace, scanByClamd } from '../../sync-server/images/scan-by-clamd.ts'
import { rescan } from '../../sync-server/images/start-rescanning.ts'
import { readDocs } from '../../sync-server/login/office.ts'
import { writeMail } from '../../sync-server/post/write-mail.ts'
import { problemsOf } from '../../sync-server/results/office-state.ts'
import { inspectPicture } from '../../sync-server/uploads/inspect-picture.ts'
import { takeFile } from '../../sync-server/uploads/take-file.ts'
import { type Doors, jpeg, openDoors, type Phone } from '../gateway/open-doors.ts'
import { eicar, type FakeClamd, fakeClamd } from '../support/fake-clamd.ts'

let clamd: FakeClamd
let doors: Doors
let phone: Phone
beforeAll(async () => {
  doors = await openDoors()
  await doors.databaseFor('desk')
  phone = await doors.signIn('staff')
})
afterAll(() => doors.close())
beforeEach(async () => {
  clamd = await fakeClamd()
  doors.it.scan = scanByClamd(readClamdPlace(clamd.address), { silentMs: 300 })
})
afterEach(async () => {
  await clamd.stop().catch(() => {})
  for (const { _id, _rev } of await held()) await desk().put({ _id, _rev, _deleted: true } as never)
})

const desk = () => doors.couch.database(databaseName(doors.event, 'desk'))
const held = async () =>
  (await desk().all({ startkey: 'held:', endkey: 'held;', includeDocs: true })).flatMap(({ doc }) => doc ?? [])
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
const infected = () => Buffer.concat([jpeg(2000), Buffer.from(eicar)])

/** A photo in one piece, sent. */
async function sent(bytes: Buffer) {
  const said = { sha256: sha256(bytes), bytes: bytes.length, pieces: [sha256(bytes)], pieceBytes: 1_048_576 }
  const photo = phone.fact('photo', said) as FactOf<'photo'>
  await phone.push([photo])
  const path = `/api/film/${encodeURIComponent(photo._id)}`
  const answer = await phone.fetch(`${path}/0`, { method: 'PUT', body: new Uint8Array(bytes) })
  const asked = async () => (await (await phone.fetch(path)).json()) as object
  return { photo, status: answer.status, body: await answer.json(), asked }
}
const hasOriginal = async (photo: FactOf<'photo'>) =>
  (await doors.couch.database(doors.log).get(photo._id.replace(':photo:', ':original:'))) !== null

describe('clamd', () => {
  test('[MS1] what it passes is passed, what it finds is told by name; each file is looked at once', async () => {
    const scan = scanByClamd(readClamdPlace(clamd.address))
    expect(await scan(jpeg(3_000_000))).toEqual({ found: null })
    expect(await scan(infected())).toEqual({ found: 'Eicar-Test-Signature' })
    expect(await Promise.all(Array.from({ length: 12 }, () => scan(jpeg(1000))))).toHaveLength(12)
    expect(clamd.scans).toBe(14)
  })
  test.each(['silent', 'hangs-up', 'limit', 'babbles'] as const)(
    '[MS2] clamd that %s has passed nothing',
    async (mood) => {
      clamd.mood = mood
      const scan = scanByClamd(readClamdPlace(clamd.address), { silentMs: 150 })
      await expect(scan(jpeg(500_000))).rejects.toThrow()
      clamd.mood = 'looks'
      expect(await scan(jpeg(1000))).toEqual({ found: null })
    },
  )
  test('[MS3] an address is a socket or a port, and nothing else', () => {
    expect(readClamdPlace('tcp://127.0.0.1:3310')).toEqual({ host: '127.0.0.1', port: 3310 })
    expect(readClamdPlace('tcp://[::1]:3310')).toEqual({ host: '::1', port: 3310 })
    expect(readClamdPlace('unix:/run/clamav/clamd.ctl')).toEqual({ path: '/run/clamav/clamd.ctl' })
    for (const wrong of ['', '/run/clamd', 'tcp://clamd', 'http://clamd:3310', 'unix:clamd.ctl'])
      expect(() => readClamdPlace(wrong)).toThrow('tcp://host:port')
  })
})

describe('photos from phones', () => {
  test('[MS4] what is infected is kept apart, never becomes an original, and is in the problems with its name', async () => {
    const bytes = infected()
    const { photo, status, body, asked } = await sent(bytes)
    // The phone's part is done: it may let go of its copy.
    expect([status, body, await asked()]).toEqual([200, { stored: true }, { stored: true }])
    expect(await hasOriginal(photo)).toBe(false)
    const keys = await doors.storage.list('')
    expect(keys.filter((key) => key.includes(photo._id))).toEqual([`${doors.event}/quarantine/${photo._id}`])
    expect(keys).not.toContain(`${doors.event}/original/${photo.sha256}`)
    expect(await problemsOf(doors.it, doors.event)).toMatchObject([
      { id: heldId(photo._id), kind: 'picture', where: 'infected', error: 'infected: Eicar-Test-Signature' },
    ])
    const judge = await doors.signIn('judge')
    expect((await judge.fetch(`/api/images/${encodeURIComponent(photo._id)}/1600`)).status).toBe(404)
  })

  test('[MS5] while clamd is down a photo is held, not passed; it goes on by itself once clamd is back', async () => {
    await clamd.stop()
    const [first, second] = [await sent(jpeg(3000)), await sent(infected())]
    expect([first.body, await first.asked()]).toEqual([{ stored: true }, { stored: true }])
    expect([await hasOriginal(first.photo), await hasOriginal(second.photo)]).toEqual([false, false])
    expect((await problemsOf(doors.it, doors.event)).map(({ where, error }) => [where, error])).toEqual([
      ['waiting', 'unscanned'],
      ['waiting', 'unscanned'],
    ])
    expect(await rescan(doors, [doors.event])).toBe(0)
    await clamd.start()
    expect(await rescan(doors, [doors.event])).toBe(2)
    expect([await hasOriginal(first.photo), await hasOriginal(second.photo)]).toEqual([true, false])
    expect((await held()).map(({ state }) => state)).toEqual(['infected'])
    expect(await doors.storage.list(`${doors.event}/film/`)).toEqual([])
  })

  test('[MS5] clamd that is killed in the middle of a stream has passed nothing', async () => {
    clamd.mood = 'hangs-up'
    const { photo, body } = await sent(jpeg(400_000))
    expect([body, await hasOriginal(photo)]).toEqual([{ stored: true }, false])
    clamd.mood = 'looks'
    expect(await rescan(doors, [doors.event])).toBe(1)
    expect(await hasOriginal(photo)).toBe(true)
  })
})

test('[MS7] whoever admins named for news is told by mail of what was found, once an hour, with the way to it and nothing of who sent it', async () => {
  const settings = {
    _id: 'post-settings',
    type: 'post-settings',
    policy: 'spread',
    activeShare: 0.25,
    event: doors.event,
  }
  await doors.it.office.put({ ...settings, notifyTo: ['hq@run.example', 'chief@run.example'] })
  const { photo } = await sent(infected())
  const again = { state: 'infected', problem: 'infected', found: 'Eicar-Test-Signature' } as const
  await noteHeld(doors.it, photo, again)
  const mails = await readDocs(doors.it.office, 'outgoing', outgoing)
  expect(mails.map(({ to }) => to).sort()).toEqual(['chief@run.example', 'hq@run.example'])
  const sender = { baseUrl: 'https://run.example', domain: 'run.example' }
  const written = await writeMail(doors.it, mails[0]!, sender)
  expect(written?.text).toContain('Eicar-Test-Signature')
  expect(written?.text).toContain('https://run.example/admin/problems')
  expect(written?.text).not.toContain(photo.by)
  // What is only broken is in the problems and wakes nobody.
  await noteHeld(doors.it, (await sent(jpeg(3000))).photo, { state: 'refused', problem: 'damaged' })
  await sent(infected())
  expect(await readDocs(doors.it.office, 'outgoing', outgoing)).toHaveLength(2)
  doors.clock.now += 3_600_000
  await noteHeld(doors.it, photo, again)
  expect(await readDocs(doors.it.office, 'outgoing', outgoing)).toHaveLength(4)
})

test('[MS6] a file that is brought in by hand is refused with its bytes kept apart, or stays with its sender', async () => {
  const bytes = infected()
  const of = { event: doors.event, batch: '01J8Z0000000000000000000B0', path: 'x.jpg', by: 'admin' }
  const file = await takeFile(doors, { ...of, bytes, sha256: sha256(bytes), size: bytes.length })
  expect(file).toMatchObject({ problem: 'infected' })
  expect(await doors.storage.list(`${doors.event}/upload/`)).toEqual([])
  expect(await held()).toMatchObject([{ state: 'infected', by: 'admin', found: 'Eicar-Test-Signature' }])
  clamd.mood = 'silent'
  const clean = jpeg(1000)
  const taken = takeFile(doors, { ...of, bytes: clean, sha256: sha256(clean), size: 1000 })
  await expect(taken).rejects.toMatchObject({ code: 'ZK-FILM-009' })
  expect(await doors.storage.list(`${doors.event}/upload/`)).toEqual([])
  expect(await inspectPicture(doors.it, new Uint8Array())).toEqual({ problem: 'empty' })
})
