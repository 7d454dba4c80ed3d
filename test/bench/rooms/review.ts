/**
 * A judge at speed, in a real browser: from the key that decides to the frame that shows the next check-in's photo, beside
 * the same photos of check-ins that nobody could foresee; then 500 check-ins decided at once, beside one by one.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Page } from 'playwright'
import sharp from 'sharp'
import type { ReviewQueue } from '../../../design-docs/console.ts'
import { ulid } from '../../../design-docs/ids.ts'
import { chanceFrom } from '../../../sync-server/operations/demo/chance.ts'
import { signInDemoPhone } from '../../../sync-server/operations/demo/demo-phone.ts'
import { launchChromium } from '../../support/chromium.ts'
import { openDeskBrowser } from '../../support/desk-browser.ts'
import { drawPhoto } from '../../support/draw-photo.ts'
import { someTeams, startZekken } from '../../support/start-zekken.ts'
import { percentile, report } from '../report.ts'

const decisions = 100
const jumps = 20
const places = 5
const teamCount = (decisions + jumps * 2) / places
const many = 500
const singles = 20
/** Those that the walk leaves are decided with the many. */
const recorded = many + singles - jumps * 2
/** Faster than anyone looks at a photo and presses a key. */
const pressEveryMs = 600

/** What a browser says of a picture that it has drawn. https://wicg.github.io/element-timing/ */
type Shown = { url: string; naturalWidth: number; renderTime: number }
declare const window: Window & typeof globalThis & { noted: number[]; from(act: () => void): void }

const at = { lat: 35.43, lng: 136.77 }
const checkpoints = Array.from({ length: places }, (_, n) => {
  const name = { ja: `第${n + 1}チェックポイント`, en: `Checkpoint ${n + 1}` }
  return { number: String(n + 1), name, lat: at.lat + n * 0.01, lng: at.lng, points: 10, kind: 'photo' as const }
})
const [entry] = someTeams
const numbers = Array.from({ length: teamCount + recorded / places }, (_, n) => String(101 + n))
const teams = numbers.map((team) => ({ ...entry!, team, name: `やまびこ隊 ${team}` }))
const zekken = await startZekken({ checkpoints, teams })
const browser = await launchChromium()
try {
  for (const team of numbers.slice(0, teamCount)) await takePhotos(team)
  await until(({ items }) => items.length === teamCount * places && items.every(({ image }) => image?.version))
  const { page } = await openDeskBrowser(browser, zekken, { role: 'judge', name: '審査 小川' })
  await page.addInitScript(notePhotos)
  const foreseen = await walk(page)
  const unforeseen = await jump(page)
  for (const share of [0.5, 0.95]) {
    report({
      name: `next photo on screen after a decision, p${share * 100} of ${foreseen.length}`,
      ours: percentile(foreseen, share),
      baseline: percentile(unforeseen, share),
      baselineName: `not fetched ahead (${unforeseen.length} taken from the list)`,
      ...{ unit: 'ms', better: 'lower' },
      ...(share === 0.95 && { goal: { value: 100 } }),
    })
  }
  await recordMany()
  const single = await oneByOne()
  const { doneMs, countedMs } = await allAtOnce(page)
  const common = { baseline: single * many, baselineName: 'one by one', unit: 's', better: 'lower' } as const
  report({
    name: `${many} check-ins decided at once`,
    ours: doneMs / 1000,
    ...common,
    baseline: (single * many) / 1000,
    goal: { value: 2 },
  })
  report({
    name: `${many} check-ins counted by all who look on`,
    ours: countedMs / 1000,
    ...common,
    baseline: (single * many) / 1000,
  })
} finally {
  await browser.close()
  await zekken.end()
}

/** Photos as large as phones send them, too far from their checkpoints to be counted without a judge. */
async function takePhotos(team: string): Promise<void> {
  const phone = await phoneOf('participant', team)
  for (const [n, { number, lat, lng }] of checkpoints.entries()) {
    const bytes = await drawPhoto({ seed: `${team} ${number}`, width: 2400, quality: 85 })
    const preview = await sharp(bytes).resize(150, 105, { fit: 'cover' }).jpeg({ quality: 60 }).toBuffer()
    const seenAt = Date.now() - (places - n) * 10 * 60_000
    const position = { lat: lat + 0.002, lng, accuracyMeters: 8, at: seenAt }
    const checkin = phone.record('checkin', seenAt, {
      team,
      checkpoint: number,
      method: 'photo',
      verified: false,
      position,
    })
    phone.photograph(checkin, { bytes, preview, width: 2400, height: 1800 }, seenAt + 1000)
  }
  await phone.deliver()
}

/** Scans of bibs whose signature nobody saw wait for a person as well. */
async function recordMany(): Promise<void> {
  const phone = await phoneOf('staff', numbers[0]!)
  for (const team of numbers.slice(teamCount))
    for (const [n, { number }] of checkpoints.entries())
      phone.record('checkin', Date.now() - (places - n) * 10 * 60_000, {
        ...{ team, checkpoint: number, method: 'manual', verified: false },
      })
  await phone.deliver()
  const waiting = many + singles
  await until(({ counts }) => counts.PENDING === waiting)
}

async function phoneOf(role: 'participant' | 'staff', team: string) {
  const link = await zekken.invite(role, `Phone ${role} ${team}`, role === 'participant' ? [team] : [])
  const invitation = link.slice(link.indexOf('#invite=') + '#invite='.length)
  const clock = { skewMs: 0, measured: true }
  const chance = chanceFrom(Number(team) + (role === 'staff' ? 9000 : 0))
  return await signInDemoPhone({ base: zekken.url, invitation, name: `Phone ${team}`, clock, chance })
}

async function until(holds: (queue: ReviewQueue) => boolean): Promise<void> {
  for (const end = Date.now() + 120_000; ; await pause(200)) {
    const queue = (await zekken.get(
      `/api/events/${zekken.event}/review?filter=PENDING&limit=300`,
      'judge',
    )) as ReviewQueue
    if (holds(queue)) return
    if (Date.now() > end) throw new Error(`the queue stands at ${JSON.stringify(queue.counts)}`)
  }
}

/** Decides as fast as a person could press, and no faster than the photo before was there. */
async function walk(page: Page): Promise<number[]> {
  await openReview(page)
  for (let n = 0; n < decisions; n++) {
    await page.keyboard.press('a')
    await page.waitForFunction((wanted) => window.noted.length >= wanted, n + 1)
    await page.waitForTimeout(pressEveryMs)
  }
  return await page.evaluate(() => window.noted)
}

/** The photos of check-ins that are far from those before them. */
async function jump(page: Page): Promise<number[]> {
  await openReview(page)
  const items = page.locator('.queue button')
  for (let n = 0; n < jumps; n++) {
    const to = ((n + 1) * 11) % (jumps * 2)
    await items.nth(to).evaluate((button: HTMLElement) => window.from(() => button.click()))
    await page.waitForFunction((wanted) => window.noted.length >= wanted, n + 1)
    await page.waitForTimeout(pressEveryMs)
  }
  return await page.evaluate(() => window.noted)
}

async function openReview(page: Page): Promise<void> {
  await page.goto(`${zekken.url}/admin/review?filter=PENDING`)
  await page.locator('.photo img:not(.preview)').waitFor()
  await page.waitForTimeout(1000)
}

async function oneByOne(): Promise<number> {
  const path = `/api/events/${zekken.event}`
  const { items } = (await zekken.get(`${path}/review?filter=PENDING&limit=${singles}`, 'judge')) as ReviewQueue
  const started = performance.now()
  for (const [n, { checkin }] of items.entries()) {
    const id = ulid(Date.now(), new Uint8Array(10).fill(n + 1))
    await zekken.post(`${path}/decisions`, { id, ageMs: 0, kind: 'review', checkin, action: 'APPROVED' }, 'judge')
  }
  return (performance.now() - started) / items.length
}

async function allAtOnce(page: Page): Promise<{ doneMs: number; countedMs: number }> {
  await page.goto(`${zekken.url}/admin/review?filter=PENDING`)
  await page.locator('.queue button').first().waitFor()
  await page.getByRole('button', { name: 'まとめて判定' }).click()
  const dialog = page.locator('dialog')
  const approve = dialog.locator('.button.approve')
  await approve.waitFor()
  const started = performance.now()
  await approve.click()
  await dialog.getByText('を判定しました。').waitFor({ timeout: 60_000 })
  const doneMs = performance.now() - started
  await until(({ counts }) => counts.PENDING === 0)
  return { doneMs, countedMs: performance.now() - started }
}

/**
 * Runs in the page: from the key, or an act, to the frame that shows another photo than before, as the browser itself
 * tells it (Element Timing); the photo is drawn with its frame, never after it, since it is decoded synchronously.
 */
function notePhotos(): void {
  const noted: number[] = []
  let startedAt = 0
  let before = ''
  const from = (act: () => void, at = performance.now()) => {
    before = document.querySelector<HTMLImageElement>('.photo img')?.src ?? ''
    startedAt = at
    act()
  }
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & Shown)[]) {
      const isPreview = entry.naturalWidth < 200
      if (startedAt === 0 || isPreview || entry.url === before || entry.renderTime < startedAt) continue
      noted.push(entry.renderTime - startedAt)
      startedAt = 0
    }
  }).observe({ type: 'element' })
  new MutationObserver(() => {
    for (const image of document.querySelectorAll('.photo img:not([elementtiming])'))
      image.setAttribute('elementtiming', 'photo')
  }).observe(document, { childList: true, subtree: true })
  addEventListener('keydown', (event) => from(() => {}, event.timeStamp), true)
  Object.assign(window, { noted, from })
}
