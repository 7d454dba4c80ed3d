/**
 * From a bib before the camera to the verdict on screen, in the staff app of a phone that holds 5,000 cards: one that may
 * search and has them open, and one that may not, whose cards are sealed.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright'
import { databaseName } from '../../../design-docs/databases.ts'
import { defaultMasks } from '../../../design-docs/menus.ts'
import { bibOpener } from '../../../functions/rules/bib-opener.ts'
import { sealCard } from '../../../functions/rules/seal-card.ts'
import { readConfig } from '../../../sync-server/config.ts'
import { openCouch } from '../../../sync-server/couch/open-couch.ts'
import { cardDoc } from '../../rules/make-cards.ts'
import { bibText, writeBibVideo } from '../../support/bib-video.ts'
import { launchChromium } from '../../support/chromium.ts'
import { mirrorRevisions } from '../../support/phone-storage.ts'
import { someCheckpoints, someTeams, startZekken, type Zekken } from '../../support/start-zekken.ts'
import { percentile, report } from '../report.ts'

const teams = 5_000
const scans = Number(process.argv[2] ?? 20)

/** What the page notes of each bib: how long reading it took, and from there to the verdict being drawn. */
type Noted = { text: string; decodeMs: number; verdictMs: number }
declare const window: Window & typeof globalThis & { noted: Noted[] }

type Carried = { role: 'core' | 'staff'; database: 'roster' | 'gate'; prefix: string; checkpoint: RegExp }
const openCards: Carried = { role: 'core', database: 'roster', prefix: 'card:', checkpoint: /^34/ }
/** Elsewhere, since the teams were at the first one before. */
const sealedCards: Carried = { role: 'staff', database: 'gate', prefix: 'sealed:', checkpoint: /^35/ }

const folder = await mkdtemp(join(tmpdir(), 'zekken-scan-'))
const [entry] = someTeams
if (!entry) throw new Error('no team to copy')
const numbers = Array.from({ length: teams }, (_, i) => String(1001 + i))
const shown = Array.from({ length: scans }, (_, i) => numbers[Math.floor(((i + 0.5) * teams) / scans)] ?? '')
const place = someCheckpoints.find(({ number }) => number === '34')
if (!place) throw new Error('no checkpoint to copy')
const zekken = await startZekken({
  checkpoints: [place, { ...place, number: '35' }],
  menus: { staff: defaultMasks.staff },
  teams: shown.map((team) => ({ ...entry, team, name: `やまびこ隊 ${team}` })),
})
let browser: Browser | undefined
try {
  const { dataDir, event } = zekken
  const camera = join(folder, 'bibs.mjpeg')
  await writeBibVideo(camera, await Promise.all(shown.map((number) => bibText({ dataDir, event, number }))))
  await fillRoster(zekken)
  browser = await launchChromium({ camera })
  const open = await scanAll(await openPhone(browser, zekken, openCards), scans)
  const sealed = await scanAll(await openPhone(browser, zekken, sealedCards), scans)
  const decodes = open.map(({ decodeMs }) => decodeMs)
  const after = { unit: 'ms', better: 'lower' } as const
  for (const share of [0.5, 0.95]) {
    const of = (noted: readonly Noted[]) =>
      percentile(
        noted.map(({ verdictMs }) => verdictMs),
        share,
      )
    const said = `p${share * 100} of ${scans}, ${teams} cards`
    const goal = share === 0.95 && { goal: { value: 150 } }
    const alone = { baseline: percentile(decodes, share), baselineName: 'decode alone' }
    report({ name: `scan: verdict drawn after decode, ${said}`, ours: of(open), ...alone, ...after, ...goal })
    const opened = { baseline: of(open), baselineName: 'cards that lie open' }
    report({ name: `scan: the same with sealed cards, ${said}`, ours: of(sealed), ...opened, ...after, ...goal })
  }
} finally {
  await browser?.close()
  await zekken.end()
  await rm(folder, { recursive: true, force: true })
}

/** The cards of teams that are never scanned are put where the server would: making each from an entry takes minutes. */
async function fillRoster({ dataDir, event, stop, start }: Zekken): Promise<void> {
  await stop()
  const { couch, close } = await openCouch(readConfig({ DATA_DIR: dataDir, DURABILITY: 'process' }))
  const others = numbers.filter((number) => !shown.includes(number))
  const cards = others.map((team) => ({ ...cardDoc(team, { name: `やまびこ隊 ${team}`, classIds: ['three'] }), event }))
  await couch.database(databaseName(event, 'roster')).bulk(cards)
  const sealed = cards.map(async (card) => sealCard(card, await bibOpener(new Uint8Array(randomBytes(64)))))
  await couch.database(databaseName(event, 'gate')).bulk(await Promise.all(sealed))
  await close()
  await start()
}

async function openPhone(on: Browser, server: Zekken, carried: Carried): Promise<Page> {
  const context = await on.newContext({
    viewport: { width: 390, height: 844 },
    locale: 'ja-JP',
    permissions: ['camera', 'geolocation'],
    geolocation: { latitude: 35.4339, longitude: 136.7822, accuracy: 6 },
  })
  await context.addInitScript(noteScans)
  const page = await context.newPage()
  // Core staff are led to the console, which is not what they carry.
  await page.goto((await server.invite(carried.role, '展望台 各務')).replace('/admin/', '/staff/'))
  await page.locator('.sign-in .button.main').click()
  await page.locator('.strip').getByText('同期済み').waitFor({ timeout: 300_000 })
  const kept = Object.keys(await mirrorRevisions(page, databaseName(server.event, carried.database)))
  const held = kept.filter((id) => id.startsWith(carried.prefix)).length
  if (held !== teams) throw new Error(`the phone holds ${held} cards`)
  await page.goto(`${server.url}/staff/station`)
  await page.getByRole('button', { name: carried.checkpoint }).click()
  return page
}

/** Takes each bib as it comes, and goes on by hand as a person would. */
async function scanAll(page: Page, count: number): Promise<Noted[]> {
  for (let seen = 0; seen < count; seen++) {
    await page.locator('.verdict').waitFor({ timeout: 120_000 })
    await page.waitForFunction((wanted) => window.noted.length >= wanted, seen + 1)
    await page.getByRole('button', { name: '次のスキャン' }).click()
  }
  return await page.evaluate(() => window.noted)
}

/** Runs in the page before the app: looks at the worker that reads codes from outside, and at the screen. */
function noteScans(): void {
  const noted: Noted[] = []
  Object.assign(window, { noted })
  let current = { text: '', decodedAt: 0, decodeMs: 0 }
  window.Worker = class extends Worker {
    #askedAt = 0
    constructor(...given: ConstructorParameters<typeof Worker>) {
      super(...given)
      this.addEventListener('message', ({ data }: MessageEvent<{ text?: string | null }>) => {
        const now = performance.now()
        if (!data.text || data.text === current.text) return
        current = { text: data.text, decodedAt: now, decodeMs: now - this.#askedAt }
      })
    }
    override postMessage(message: unknown, given?: unknown): void {
      this.#askedAt = performance.now()
      super.postMessage(message, given as Transferable[])
    }
  }
  let was = false
  new MutationObserver(() => {
    const is = document.querySelector('.verdict') !== null
    if (is && !was) {
      const { text, decodedAt, decodeMs } = current
      // The task after the next frame's callbacks runs when that frame has been drawn.
      requestAnimationFrame(() =>
        setTimeout(() => noted.push({ text, decodeMs, verdictMs: performance.now() - decodedAt })),
      )
    }
    was = is
  }).observe(document, { childList: true, subtree: true })
}
