import decodeQR from 'qr/decode.js'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { checkpointPoster } from '../../functions/rules/posters.ts'
import { wifiText } from '../../functions/rules/wifi-text.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { printRoutes } from '../../sync-server/print/print-routes.ts'
import { printing } from '../../sync-server/print/printing.ts'
import { type Doors, jsonRequest, openDoors, type Phone } from '../gateway/open-doors.ts'
import { checkpointDocs, eventDoc } from '../rules/make-facts.ts'
import { readPdf } from './read-pdf.ts'

let doors: Doors
let core: Phone
beforeEach(async () => {
  doors = await openDoors()
  const desk = await doors.databaseFor('desk')
  const event = { ...eventDoc(), event: doors.event, code: doors.event, entryForm: { members: { min: 1, max: 3 } } }
  const cancelled = { ...checkpointDocs()[0]!, _id: 'checkpoint:X', number: 'X', cancelled: true }
  await doors.couch.database(desk).bulk([event, ...checkpointDocs(), cancelled] as unknown as CouchDoc[])
  const deps = { printing: printing(), publicUrl: 'https://zekken.example.org/' }
  doors.app.route('/api', printRoutes(doors.it, deps))
  core = await doors.signIn('core')
})
afterEach(() => doors.close())

const ask = (body: object, by = core) => by.fetch(`/api/events/${doors.event}/print/posters`, jsonRequest(body))
async function posters(body: object) {
  const answer = await ask(body)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${doors.event}-posters.pdf"`)
  return await readPdf(new Uint8Array(await answer.arrayBuffer()))
}
const codeOn = async (pdf: Awaited<ReturnType<typeof posters>>, page: number) => decodeQR(await pdf.picture(page, 1))

describe('posters', () => {
  test('[PS1] every checkpoint that stands has one, with its number, its name and a link to it', async () => {
    const pdf = await posters({ kind: 'checkpoints', language: 'ja' })
    expect(pdf.pages).toBe(checkpointDocs().filter(({ cancelled }) => !cancelled).length)
    const texts = await pdf.texts(1)
    const code = await codeOn(pdf, 1)
    const number = /^https:\/\/zekken\.example\.org\/team\/check-in\/([A-Z0-9]+)$/.exec(code)?.[1] ?? ''
    expect(texts).toContain(number)
    expect(texts).toContain(checkpointDocs().find((one) => one.number === number)?.name.ja)
    expect(await pdf.size(1)).toEqual([210, 297])
  })

  test('[PS2] entry leads to the public form, in the language asked for', async () => {
    const pdf = await posters({ kind: 'entry', language: 'en' })
    expect(await codeOn(pdf, 1)).toBe(`https://zekken.example.org/enter/${doors.event}`)
    expect(await pdf.texts(1)).toContain('Enter here')
    const desk = doors.couch.database(`zk-${doors.event}-desk`)
    const { entryForm, ...closed } = (await desk.get('event')) as CouchDoc
    await desk.put(closed)
    expect((await ask({ kind: 'entry', language: 'en' })).status).toBe(403)
  })

  test('[PS2] staff leads to the form of those who apply, where the event takes them', async () => {
    expect((await ask({ kind: 'staff', language: 'ja' })).status).toBe(403)
    const desk = doors.couch.database(`zk-${doors.event}-desk`)
    await desk.put({ ...((await desk.get('event')) as CouchDoc), staffApply: true } as CouchDoc)
    const pdf = await posters({ kind: 'staff', language: 'ja' })
    expect(await codeOn(pdf, 1)).toBe(`https://zekken.example.org/enter/${doors.event}/staff`)
    expect(await pdf.texts(1)).toContain('スタッフ募集')
  })

  test('[PS3] Wi-Fi is joined by what the code says, whatever name and password hold', async () => {
    const wifi = { ssid: 'Café; "二条"', password: 'a\\b:c,d;e"f', hidden: true }
    const pdf = await posters({ kind: 'wifi', wifi, language: 'ja' })
    expect(await codeOn(pdf, 1)).toBe('WIFI:T:WPA;S:Café\\; \\"二条\\";P:a\\\\b\\:c\\,d\\;e\\"f;H:true;;')
    expect((await pdf.texts(1)).join(' ')).toContain(wifi.password)
    expect(wifiText({ ssid: 'open', password: '', hidden: false })).toBe('WIFI:T:nopass;S:open;;')
  })

  test.each([
    { kind: 'wifi', wifi: { ssid: '', password: '', hidden: false }, language: 'ja' },
    { kind: 'wifi', wifi: { ssid: 'あ'.repeat(11), password: '', hidden: false }, language: 'ja' },
    { kind: 'wifi', wifi: { ssid: 'a', password: 'short', hidden: false }, language: 'ja' },
    { kind: 'other', language: 'ja' },
    { kind: 'entry', language: 'fr' },
  ])('[PS4] what cannot be is refused: %j', async (body) => {
    expect((await ask(body)).status).toBe(400)
  })

  test('[PS4] and so is a stranger', async () => {
    expect((await ask({ kind: 'entry', language: 'ja' }, await doors.signIn('staff'))).status).toBe(403)
  })
})

test('[PS5] a checkpoint without a name in the language is called by the other', () => {
  const about = { event: { name: { ja: '大会', en: '' }, code: 'x' }, baseUrl: 'https://h', language: 'en' } as const
  const poster = checkpointPoster({ number: '7', name: { ja: '橋', en: '' } }, about)
  expect(poster).toMatchObject({ over: '大会', title: '7', lines: ['橋', expect.any(String)] })
})
