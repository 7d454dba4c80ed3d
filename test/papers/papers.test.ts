import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JobRow } from '../../design-docs/jobs.ts'
import type { PalettePlan, PortraitDoc } from '../../design-docs/palettes.ts'
import type { MadeLink } from '../../design-docs/scoreboards.ts'
import { systemClock } from '../../sync-server/feed/clock.ts'
import { bundlesWith, filesOf } from '../../sync-server/forget/team-files.ts'
import { newJobId } from '../../sync-server/jobs/job-records.ts'
import { jobRoutes } from '../../sync-server/jobs/job-routes.ts'
import { pruneJobs } from '../../sync-server/jobs/prune-jobs.ts'
import { type Jobs, startJobs } from '../../sync-server/jobs/start-jobs.ts'
import { saveMenus } from '../../sync-server/login/menu-masks.ts'
import { paperFolder } from '../../sync-server/papers/paper-folder.ts'
import { orderPaper, paperKind } from '../../sync-server/papers/paper-job.ts'
import { paperRoutes } from '../../sync-server/papers/paper-routes.ts'
import { splitPrint } from '../../sync-server/papers/split-print.ts'
import type { PrintJob } from '../../sync-server/print/print-job.ts'
import { type Printing, printing } from '../../sync-server/print/printing.ts'
import { openReport } from '../../sync-server/scoreboards/open-report.ts'
import { stripes } from '../functions/make-palettes.ts'
import { drawn as drawnPicture } from '../functions/scenario.ts'
import { readPdf } from '../print/read-pdf.ts'
import { type Console, openConsole } from '../results/open-console.ts'
import { atMinute, factMaker } from '../rules/make-facts.ts'

let it: Console
let jobs: Jobs | null
let drawn: PrintJob[]
beforeEach(async () => {
  it = await openConsole()
  jobs = null
  drawn = []
  const { installation, storage, deps, app } = it
  const poke = () => jobs?.poke()
  app.route('/api', paperRoutes({ ...deps, it: installation, storage, poke }))
  app.route('/api', jobRoutes({ it: installation, poke }))
  app.route('/r', openReport({ it: installation, storage }))
})
afterEach(async () => {
  await jobs?.stop()
  await it.close()
})

const real = printing()
/** Draws for real unless told otherwise, and notes what. */
function work(print: Printing['print'] = real.print): Jobs {
  const noted: Printing = {
    print(job) {
      drawn.push(job)
      return print(job)
    },
  }
  const log = { info() {}, warn() {}, error() {} }
  const kinds = [paperKind({ ...noted, couch: it.installation.couch, storage: it.storage })]
  jobs = startJobs({ it: it.installation, kinds, clock: systemClock, log })
  return jobs
}
const bibs = (count: number): PrintJob & { kind: 'bibs' } => ({
  ...{ kind: 'bibs', title: 'Bibs', nowMs: 0, perPage: 8 },
  bibs: Array.from({ length: count }, (_, n) => {
    const number = String(1001 + n)
    return { number, issue: 1, text: `ZK1:DEMO:${number}`, name: `Team ${number}`, classes: 'A', event: 'Demo' }
  }),
})
const firstOf = (job: PrintJob) => (job.kind === 'bibs' ? job.bibs[0]?.number : undefined)
async function order(job: PrintJob, by = 'admin'): Promise<string> {
  const id = newJobId(Date.now)
  const of = { paper: 'bibs', name: 'demo-bibs.pdf' } as const
  await orderPaper(it.installation, it.storage, { event: 'demo', id, job, of, by })
  jobs?.poke()
  return id
}
const look = async (id: string) => (await it.admin.ask<JobRow>('GET', `/events/demo/jobs/${id}`)).body
const until = (id: string, state: JobRow['state']) =>
  expect.poll(async () => (await look(id)).state, { timeout: 20_000, interval: 20 }).toBe(state)
const kept = (id: string) => it.storage.list(paperFolder('demo', id))

test('[PJ1] a long paper is drawn in parts and is one file, every page once and in its order; nothing else is left', async () => {
  work()
  const id = await order(bibs(8 * 85 + 3))
  await until(id, 'done')
  const row = await look(id)
  expect(row).toMatchObject({ kind: 'papers', what: 'bibs', counts: { total: 3, done: 3 } })
  expect(row.files).toMatchObject([{ name: 'demo-bibs.pdf' }])
  const [key = ''] = await kept(id)
  expect(await kept(id)).toHaveLength(1)
  const pdf = await readPdf((await it.storage.get(key))!)
  expect(pdf.pages).toBe(86)
  for (const [page, first] of [
    [1, '1001'],
    [41, '1321'],
    [86, '1681'],
  ] as const)
    expect(await pdf.texts(page)).toContain(first)
})

test('[PJ2] killed on the way, it goes on with the parts that are not drawn yet', async () => {
  const held = Promise.withResolvers<Uint8Array>()
  const first = work(async (job) => (firstOf(job) === '1001' ? await real.print(job) : await held.promise))
  const id = await order(bibs(8 * 100))
  await expect.poll(async () => (await kept(id)).filter((key) => key.endsWith('.pdf')).length).toBe(1)
  // Two are drawn at a time: the first of them goes on with the third part, and is held there as the second is.
  await expect.poll(() => drawn.length).toBe(3)
  drawn = []
  // As a kill would, it leaves everything as it stands.
  const again = work()
  await until(id, 'done')
  expect(drawn.map(firstOf).sort()).toEqual(['1321', '1641'])
  held.reject(new Error('the process is gone'))
  await Promise.all([first.stop(), again.stop()])
})

test('[PJ3] it says what stood when it was ordered, and its pages are numbered throughout', async () => {
  const rows = Array.from({ length: 1500 }, (_, n) => [String(n + 1)])
  const tables = [{ heading: 'A', columns: [{ heading: 'Place', share: 1, align: 'start' as const }], rows }]
  const parts = splitPrint({ kind: 'tables', title: 'Results', nowMs: 0, asOf: '', tables })
  expect(parts.map((part) => part.kind === 'tables' && part.place)).toEqual([
    { first: 1, of: 45 },
    { first: 41, of: 45 },
  ])
  const last = await readPdf(await real.print(parts[1]!))
  expect(await last.texts(1)).toEqual(expect.arrayContaining(['41 / 45', '1361']))

  const { entry } = factMaker('12')
  await it.write(entry({ name: 'Before' }))
  await it.settled()
  // Nobody draws yet.
  const asked = { teams: ['12'], perPage: 1, language: 'en' }
  const { body } = await it.admin.ask<JobRow>('POST', '/events/demo/print/bibs/job', asked)
  const correction = { id: newJobId(Date.now), ageMs: 0, kind: 'correction', team: '12', field: 'name', is: 'After' }
  expect((await it.admin.ask('POST', '/events/demo/decisions', correction)).status).toBe(200)
  await it.settled()
  work()
  await until(body.id, 'done')
  const { body: made } = await it.admin.ask<MadeLink>('POST', `/events/demo/jobs/${body.id}/files/0`)
  const file = await it.app.request(made.link)
  expect(file.headers.get('content-disposition')).toContain('demo-bibs.pdf')
  expect((await (await readPdf(new Uint8Array(await file.arrayBuffer()))).texts(1)).join()).toContain('Before')
})

test('[PJ4] cancelled it stops between parts, and goes with all that it was made of', async () => {
  const held = Promise.withResolvers<void>()
  work(async (job) => {
    await held.promise
    return await real.print(job)
  })
  const id = await order(bibs(8 * 200))
  await expect.poll(() => drawn.length).toBe(2)
  await it.admin.ask('POST', `/events/demo/jobs/${id}/cancel`)
  held.resolve()
  await until(id, 'cancelled')
  expect(drawn).toHaveLength(2)
  expect(await kept(id)).toHaveLength(5 + 2)
  expect((await look(id)).files).toEqual([])
  it.clock.aheadMs = 61 * 24 * 3_600_000
  expect(await pruneJobs(it.installation, it.storage)).toBe(1)
  expect(await kept(id)).toEqual([])
})

test('[PJ5] what cannot be drawn leaves no file that lacks pages, and is drawn when asked for again', async () => {
  let isBroken = true
  work(async (job) => {
    if (isBroken && job.kind === 'bibs' && job.bibs[0]?.number === '1321') throw new Error('no ink')
    return await real.print(job)
  })
  const id = await order(bibs(8 * 60))
  await until(id, 'failed')
  expect(await look(id)).toMatchObject({ files: [], parked: [{ key: 'part-0002', error: 'no ink' }] })
  isBroken = false
  await it.admin.ask('POST', `/events/demo/jobs/${id}/redrive`)
  await until(id, 'done')
  expect((await look(id)).files).toHaveLength(1)
})

test('[PJ6] a judge has rankings drawn and saves them, but nothing that somebody else ordered', async () => {
  work()
  const mine = await it.judge.ask<JobRow>('POST', '/events/demo/exports/results.pdf/job', { language: 'ja' })
  expect(mine).toMatchObject({ status: 200, body: { what: 'results.pdf', state: 'done' } })
  expect((await it.judge.ask('POST', `/events/demo/jobs/${mine.body.id}/files/0`)).status).toBe(200)
  // Who has no results on screen has none on paper.
  const core = it.caller('core')
  await saveMenus(it.installation, 'demo', { masks: { core: 1 }, _rev: null })
  expect((await core.ask('POST', `/events/demo/jobs/${mine.body.id}/files/0`)).status).toBe(403)
  const other = await order(bibs(8))
  await until(other, 'done')
  for (const path of ['cancel', 'redrive', 'files/0'])
    expect((await it.judge.ask('POST', `/events/demo/jobs/${other}/${path}`)).status).toBe(403)
  expect((await core.ask('POST', `/events/demo/jobs/${other}/files/0`)).status).toBe(200)
  expect((await it.admin.ask('POST', '/events/demo/exports/checkins.csv/job', {})).status).toBe(400)
})

test('[PJ7] when a team is forgotten, every paper that may name it goes, drawn or not', async () => {
  const waiting = await order(bibs(8 * 50))
  const about = { event: 'demo', team: '12' }
  const { office, couch } = it.installation
  const bundles = await bundlesWith(office, about)
  expect([...bundles]).toEqual([`job:${waiting}`])
  const files = await filesOf({ couch, storage: it.storage }, { ...about, uploads: [], bundles, unreadable: [] })
  expect(files).toEqual(await kept(waiting))
  expect(files).toHaveLength(2)
})

test('[PJ8] the contact sheet has every portrait before and after, four pages a part, numbered throughout', async () => {
  const cells = Array.from({ length: 125 }, (_, n) => {
    return { team: String(n), name: `Team ${n}`, palettes: '', before: `${n}/before`, after: null }
  })
  const parts = splitPrint({ kind: 'contacts', title: 'Demo', nowMs: 0, cells, photos: {} })
  expect(parts.map((part) => part.kind === 'contacts' && [part.cells.length, part.place])).toEqual([
    [60, { first: 1, of: 9 }],
    [60, { first: 5, of: 9 }],
    [5, { first: 9, of: 9 }],
  ])
  expect(await (await readPdf(await real.print(parts[2]!))).texts(1)).toEqual(
    expect.arrayContaining(['Demo 9 / 9', '120 Team 120']),
  )

  const team = factMaker('12')
  const portrait = team.photo(null, { at: atMinute(10), takenAt: atMinute(10) })
  const picture = new Uint8Array(await stripes('teal', 'white'))
  const { body: palette } = await it.admin.ask<PalettePlan>(
    'POST',
    '/events/demo/palettes?ja=%E6%B5%B7&en=Sea',
    picture,
  )
  await it.storage.put('its-original', await drawnPicture(300, 400, 'tan'))
  await it.write(
    team.entry({ name: 'O’Brien 髙﨑' }),
    portrait,
    team.make('original', { at: atMinute(11), photo: portrait._id, storageKey: 'its-original', as: 'server' }),
    team.make('collected', { at: atMinute(12), palette: palette.photo, verified: true }),
  )
  await it.settled()
  const isPainted = async () =>
    ((await it.installation.couch.database('zk-demo-desk').get('portrait:12')) as PortraitDoc | null)?.sizes.painted
  await expect.poll(isPainted, { timeout: 10_000 }).toBeDefined()
  work()
  const { body: row } = await it.judge.ask<JobRow>('POST', '/events/demo/contact-sheet/job', { language: 'ja' })
  expect(row).toMatchObject({ what: 'contact-sheet', state: 'done', files: [{ name: 'demo-contact-sheet.pdf' }] })
  const [key = ''] = await kept(row.id)
  const bytes = (await it.storage.get(key))!
  expect((await (await readPdf(bytes)).texts(1)).join()).toContain('12 O’Brien 髙﨑')
  expect(
    Buffer.from(bytes)
      .toString('latin1')
      .match(/\/Subtype \/Image/g),
  ).toHaveLength(2)
})
