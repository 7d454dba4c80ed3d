import { unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JobRow } from '../../design-docs/jobs.ts'
import type { LinkList, MadeLink, Report, ReportList } from '../../design-docs/scoreboards.ts'
import { drawn } from '../functions/scenario.ts'
import { readPdf } from '../print/read-pdf.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'
import { type Boards, openBoards } from './open-boards.ts'

let it: Boards
let drawings = 0
const awkward = "=1+1 髙﨑 𠮷 渡邉 ../ O'Brien"
beforeAll(async () => {
  it = await openBoards({
    press: (own) => ({
      ...own,
      draw: (order) => {
        drawings++
        return own.draw(order)
      },
    }),
  })
  await it.enter('101', awkward)
  await it.enter('102', 'Two')
  await it.write(factMaker('103').entry({ name: 'Absent' }))
})
afterAll(() => it.close())

const report = async (team: string) =>
  (await it.couch.database('zk-demo-desk').get(`report:${team}`)) as unknown as Report
const fetched = async (path: string) => {
  const answer = await it.app.request(path, { headers: { authorization: `Bearer ${await it.token('admin')}` } })
  return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) }
}

describe('a team’s scoreboard', () => {
  test('[SB10] is drawn, stored below the event, recorded as the report, and opens in both forms', async () => {
    const { body } = await it.make({ teams: ['101'] })
    expect(body).toMatchObject({ state: 'done', counts: { total: 1, done: 1, unchanged: 0, parked: 0 } })
    const recorded = await report('101')
    expect(recorded).toMatchObject({ version: 1, team: '101', net: 30, language: 'ja' })
    expect(recorded.pdf.storageKey).toMatch(/^demo\/scoreboard\/101\//)
    const pdf = await fetched('/api/events/demo/scoreboards/101/pdf')
    expect(pdf.headers.get('content-type')).toBe('application/pdf')
    const { pages, texts } = await readPdf(pdf.bytes)
    expect([pages, (await texts(1)).join(' ')]).toEqual([1, expect.stringContaining('2:50:00')])
    const xlsx = await fetched('/api/events/demo/scoreboards/101/xlsx')
    expect([xlsx.status, Buffer.from(xlsx.bytes.subarray(0, 2)).toString()]).toEqual([200, 'PK'])
  })

  test('[SB11] is left alone while nothing has changed, made anew when something has or when it is wanted', async () => {
    const before = drawings
    expect((await it.make({ teams: ['101'] })).body.counts).toMatchObject({ done: 0, unchanged: 1 })
    expect(drawings).toBe(before)
    expect((await it.make({ teams: ['101'], reprint: true })).body.counts).toMatchObject({ done: 1 })
    expect(await report('101')).toMatchObject({ version: 2 })
    await it.write(
      factMaker('101').make('adjustment', {
        at: atMinute(180),
        points: 7,
        reason: 'found a wallet',
        by: 'judge1',
        as: 'judge',
      }),
    )
    await it.make({ teams: ['101'] })
    expect(await report('101')).toMatchObject({ version: 3, net: 37 })
    // What nothing names any more is gone.
    expect((await it.storage.list('demo/scoreboard/101/')).length).toBe(2)
  })

  test('[SB11] is made anew when a file of it was lost, and when a picture on it has become another', async () => {
    const { version, pdf } = await report('101')
    await it.storage.delete(pdf.storageKey)
    expect((await it.make({ teams: ['101'] })).body.counts).toMatchObject({ done: 1, unchanged: 0 })
    expect(await report('101')).toMatchObject({ version: version + 1 })
    const desk = it.couch.database('zk-demo-desk')
    const [image] = await desk.all({ startkey: 'image:101:', endkey: 'image:101;', includeDocs: true })
    const data = Buffer.from(await drawn(150, 105, 'orange')).toString('base64')
    await desk.put({ ...image!.doc!, _attachments: { thumbnail: { content_type: 'image/jpeg', data } } })
    expect((await it.make({ teams: ['101'] })).body.counts).toMatchObject({ done: 1, unchanged: 0 })
    expect(await report('101')).toMatchObject({ version: version + 2 })
    // A process that ended in time to record the new ones, but not to take away those of before.
    await it.storage.put('demo/scoreboard/101/of-before.pdf', new Uint8Array(5))
    expect((await it.make({ teams: ['101'] })).body.counts).toMatchObject({ done: 0, unchanged: 1 })
    const { pdf: one, xlsx: other } = await report('101')
    expect(await it.storage.list('demo/scoreboard/101/')).toEqual([one.storageKey, other.storageKey].sort())
  })

  test('[SB18] is made anew once for one wish, though the outcome was lost with the process', async () => {
    const { body } = await it.make({ teams: ['101'], reprint: true })
    const { version } = await report('101')
    await it.stopJobs()
    const [item, job] = await Promise.all([`job-item:${body.id}:101`, `job:${body.id}`].map((id) => it.office.get(id)))
    await it.office.bulk([
      { ...item!, state: 'waiting' },
      { ...job!, state: 'running', endedAt: null },
    ])
    it.startJobs()
    expect(await it.until(body.id, ({ state }) => state === 'done')).toMatchObject({
      counts: { done: 0, unchanged: 1 },
    })
    expect(await report('101')).toMatchObject({ version })
  })

  test('[SB12] a team that is unknown or without data gets a clear answer', async () => {
    expect((await it.make({ teams: ['999'] })).status).toBe(404)
    const { status, body } = await it.make({ teams: ['103'] })
    expect([status, (body as unknown as { error: { code: string } }).error.code]).toEqual([404, 'ZK-BOARD-001'])
    const missing = await it.admin.ask<{ error: { code: string } }>('GET', '/events/demo/scoreboards/103/pdf')
    expect([missing.status, missing.body.error.code]).toEqual([404, 'ZK-BOARD-002'])
  })

  test('[SB13] the list says which teams have one, without a key of the storage', async () => {
    const { body } = await it.admin.ask<ReportList>('GET', '/events/demo/scoreboards')
    expect(body.reports.map(({ team, made }) => [team, made?.version ?? null])).toEqual([
      ['101', (await report('101')).version],
      ['102', null],
      ['103', null],
    ])
    expect(JSON.stringify(body)).not.toContain('storageKey')
  })
})

describe('links to reports', () => {
  const made = async (team = '101', days = 7) =>
    (await it.admin.ask<MadeLink>('POST', '/events/demo/report-links', { team, days })).body
  const path = ({ link }: MadeLink) => new URL(link).pathname
  const open = async (where: string, method = 'GET') => await it.app.request(where, { method })

  test('[RL1] open the report without signing in, kept nowhere, framed nowhere, and only their hash is in the database', async () => {
    const link = await made()
    expect(link.link).toMatch(/^https:\/\/zekken\.example\/r\/[\w-]{22}$/)
    const answer = await open(path(link))
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf'])
    expect(answer.headers.get('cache-control')).toBe('private, no-store')
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await open(`${path(link)}?as=xlsx`)).headers.get('content-type')).toContain('spreadsheetml')
    const token = path(link).slice(3)
    const office = JSON.stringify(await it.office.all({ includeDocs: true }))
    expect(office).not.toContain(token)
  })

  test('[RL2] follow reprints, as often as they are opened', async () => {
    const link = await made()
    const first = await (await open(path(link))).arrayBuffer()
    await it.make({ teams: ['101'], language: 'en' })
    const second = await (await open(path(link))).arrayBuffer()
    expect((await (await readPdf(new Uint8Array(first))).texts(1)).join(' ')).toContain('成績表')
    expect((await (await readPdf(new Uint8Array(second))).texts(1)).join(' ')).toContain('Scoreboard')
  })

  test('[RL3] unknown, expired and revoked ones are the same from outside, and say what to do', async () => {
    const link = await made('101', 1)
    const { links } = (await it.admin.ask<LinkList>('GET', '/events/demo/report-links')).body
    const gone = await made('101', 30)
    const id = (await it.admin.ask<LinkList>('GET', '/events/demo/report-links')).body.links.find(
      (one) => !links.some((other) => other.id === one.id),
    )?.id
    const after = await it.admin.ask<LinkList>('DELETE', `/events/demo/report-links/${id}`)
    expect(after.body.links.find((one) => one.id === id)?.state).toBe('revoked')
    it.clock.aheadMs = 25 * 3_600_000
    const answers = await Promise.all(
      [path(link), path(gone), '/r/AAAAAAAAAAAAAAAAAAAAAA', '/r/x', '/r/'].map(async (where) => {
        const answer = await open(where)
        const { 'x-zekken-time': _, ...headers } = Object.fromEntries(answer.headers)
        return { status: answer.status, headers, text: await answer.text() }
      }),
    )
    it.clock.aheadMs = 0
    expect(answers[0]?.status).toBe(404)
    expect(answers[0]?.text).toContain('運営本部')
    expect(answers[0]?.text).toContain('Ask the organizers')
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect((await open(path(link))).status).toBe(200)
    expect((await open(path(gone))).status).toBe(404)
  })

  test('[RL4] are made by who may, for a team that has a report', async () => {
    expect((await it.judge.ask('POST', '/events/demo/report-links', { team: '101', days: 1 })).status).toBe(403)
    const none = await it.admin.ask('POST', '/events/demo/report-links', { team: '103', days: 1 })
    expect(none.status).toBe(404)
  })
})

describe('the kept route', () => {
  const ask = async (asked: Record<string, unknown>) =>
    await it.admin.ask<Record<string, string>>('POST', '/generate_scoreboard', { event_code: 'demo', ...asked })

  test('[SB14] makes a team’s scoreboard and answers a link that opens it, the same all day', async () => {
    const { status, body } = await ask({ zekken_number: 102 })
    expect(status).toBe(200)
    expect(body).toEqual({
      status: 'OK',
      message: expect.stringContaining('102'),
      job_id: expect.stringMatching(/^[0-9A-Z]{26}$/),
      url: expect.stringMatching(/^https:\/\/zekken\.example\/r\//),
      timestamp: expect.stringMatching(/Z$/),
    })
    expect((await it.app.request(new URL(body.url!).pathname)).status).toBe(200)
    expect((await ask({ zekken_number: '102', reprint: 'true' })).body.url).toBe(body.url)
    expect(await report('102')).toMatchObject({ version: 2 })
  })

  test('[SB15] without a number it is all teams, in the background, put together where that is asked', async () => {
    const { body } = await ask({ zekken_number: '', bundle: '1' })
    expect(body).not.toHaveProperty('url')
    const job = await it.until(body.job_id!, ({ state }) => state === 'done')
    expect(job.counts).toMatchObject({ total: 2, parked: 0 })
    expect(job.files.map(({ name }) => name)).toEqual(['demo-scoreboards.pdf', 'demo-scoreboards.zip'])
    const { body: link } = await it.admin.ask<MadeLink>('POST', `/events/demo/jobs/${job.id}/files/0`)
    const pdf = await readPdf(new Uint8Array(await (await it.app.request(link.link)).arrayBuffer()))
    expect(pdf.pages).toBe(2)
    expect((await pdf.texts(1)).join(' ')).toContain('101')
    expect((await pdf.texts(2)).join(' ')).toContain('102')
    const { body: zip } = await it.admin.ask<MadeLink>('POST', `/events/demo/jobs/${job.id}/files/1`)
    const bytes = Buffer.from(await (await it.app.request(zip.link)).arrayBuffer())
    expect(bytes.length).toBe((job as JobRow).files[1]?.bytes)
    const files = unzipSync(new Uint8Array(bytes))
    expect(Object.keys(files).sort()).toEqual(
      ['101', '102'].flatMap((team) =>
        ['pdf', 'xlsx'].map((kind) => `demo-scoreboards/demo-${team}-scoreboard.${kind}`),
      ),
    )
    for (const team of ['101', '102']) {
      const [board, sheet] = ['pdf', 'xlsx'].map((kind) => files[`demo-scoreboards/demo-${team}-scoreboard.${kind}`]!)
      expect((await (await readPdf(board!)).texts(1)).join(' ')).toContain(team)
      expect(Object.keys(unzipSync(sheet!))).toContain('xl/workbook.xml')
    }
  })

  test('[SB16] errors come in its own shape', async () => {
    const unknown = await ask({ zekken_number: '999' })
    expect([unknown.status, unknown.body.status]).toEqual([404, 'ERROR'])
    const empty = await ask({ zekken_number: '103' })
    expect([empty.status, empty.body.message]).toEqual([404, expect.stringContaining('ZK-BOARD-001')])
    expect((await ask({ event_code: 'other' })).status).toBe(403)
  })
})
