import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Fact } from '../../design-docs/facts.ts'
import { arrivalsOf, codesOf, missing } from './ask-log.ts'
import { type Doors, jpeg, jsonRequest, openDoors, type Phone, withRevision } from './open-doors.ts'

let doors: Doors
let phone: Phone
beforeAll(async () => {
  doors = await openDoors()
  phone = await doors.signIn('staff')
})
afterAll(() => doors.close())

const log = () => doors.couch.database(doors.log)
const inLog = (id: string) => log().get(id)

describe('what is taken in', () => {
  test('[GW1] a fact of the own device arrives in the log as it was sent', async () => {
    const fact = phone.fact('checkin')
    const answer = await phone.push([fact])
    expect([answer.status, await answer.json()]).toEqual([201, []])
    expect(await inLog(fact._id)).toMatchObject({ _rev: fact._rev, checkpoint: 'C1', device: phone.session.device })
  })

  test('[GW2] the same fact again is taken in silence and changes nothing', async () => {
    const fact = phone.fact('checkin')
    await phone.push([fact])
    const answer = await phone.push([fact, fact])
    expect([answer.status, await answer.json()]).toEqual([201, []])
    expect(await arrivalsOf(doors, fact._id)).toHaveLength(1)
  })

  test('[GW3] a photo brings its preview', async () => {
    const photo = phone.fact('photo')
    const sent = {
      ...photo,
      _attachments: { preview: { content_type: 'image/jpeg', data: jpeg(900).toString('base64') } },
    }
    expect(await codesOf(await phone.push([sent]))).toEqual([])
    expect((await log().attachment(photo._id, 'preview'))?.length).toBe(900)
  })

  test('[GW4] a gzipped batch is unpacked', async () => {
    const fact = phone.fact('checkin')
    const body = gzipSync(JSON.stringify({ new_edits: false, docs: [fact] }))
    const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' }
    const path = `/db/${phone.generation}/${doors.log}/_bulk_docs`
    const answer = await phone.fetch(path, { method: 'POST', headers, body: new Uint8Array(body) })
    expect(await codesOf(answer)).toEqual([])
    expect(await inLog(fact._id)).not.toBeNull()
  })

  test('[GW5] the refused facts of a batch are named, the others taken', async () => {
    const good = phone.fact('checkin')
    const bad = withRevision({ ...phone.fact('checkin'), event: 'elsewhere' } as Fact)
    const answer = await phone.push([bad, good])
    const rows = (await answer.json()) as object[]
    expect(rows).toMatchObject([{ id: bad._id, error: 'forbidden', name: 'forbidden', code: 'ZK-FACT-003' }])
    expect(rows[0]).toHaveProperty('reason', 'ZK-FACT-003: The record belongs to another event.')
    expect(await inLog(good._id)).not.toBeNull()
    expect(await inLog(bad._id)).toBeNull()
  })

  test('[GW6] the words of a refusal are in the language of the phone', async () => {
    const bad = withRevision({ ...phone.fact('checkin'), event: 'elsewhere' } as Fact)
    const rows = (await (await phone.push([bad], { 'accept-language': 'ja-JP,en;q=0.5' })).json()) as {
      reason: string
    }[]
    expect(rows[0]?.reason).toBe('ZK-FACT-003: 別の大会の記録です。')
  })

  test('[GW7] facts of an earlier holder of a shared phone are taken from the next one', async () => {
    const device = 'shared00phone'
    const first = await doors.signIn('staff', { device })
    const unsent = first.fact('reception')
    const next = await doors.signIn('judge', { device })
    expect(await codesOf(await next.push([unsent]))).toEqual([])
  })

  test('[GW8] an earlier holder in a lower role lends no rights to the present one', async () => {
    const device = 'shared00phone2'
    await doors.signIn('staff', { device })
    const judge = await doors.signIn('judge', { device })
    const forged = withRevision({ ...judge.fact('review'), as: 'staff' } as Fact)
    expect(await codesOf(await judge.push([forged]))).toEqual(['ZK-GATE-005'])
  })
})

describe('confirmed by id', () => {
  test('[GW12] a phone learns which of its ids are here', async () => {
    const here = phone.fact('checkin')
    const lost = phone.fact('checkin')
    await phone.push([here])
    expect(await missing(doors, phone, [here, lost])).toEqual([lost._id])
  })
})

test('[GW21] a phone that hangs up in the middle has its facts written all the same', async () => {
  const fact = phone.fact('checkin')
  const stop = new AbortController()
  const request = doors.couch.request
  doors.couch.request = (path, init) => {
    if (path.endsWith('_bulk_docs') && String(init?.body).includes(fact._rev)) stop.abort()
    return request(path, init)
  }
  const path = `/db/${phone.generation}/${doors.log}/_bulk_docs`
  await phone.fetch(path, { ...jsonRequest({ new_edits: false, docs: [fact] }), signal: stop.signal }).catch(() => null)
  doors.couch.request = request
  expect(stop.signal.aborted).toBe(true)
  await expect.poll(() => inLog(fact._id)).not.toBeNull()
})
