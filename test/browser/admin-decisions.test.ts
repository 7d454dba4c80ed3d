import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Evidence, TeamPage } from '../../design-docs/console.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSoundInBothSizes } from '../support/expect-sound.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
let desk: DeskBrowser
let page: Page
const shrine = { checkpoint: '18', lat: 35.4378, lng: 136.7755 }
const far = { ...shrine, lat: 35.4386 }
let doubted: string

beforeAll(async () => {
  zekken = await startZekken()
  browser = await sharedChromium()
  await playCheckins(zekken, '101', [{ ...shrine, minutesAgo: 30 }])
  await playCheckins(zekken, '102', [{ ...shrine, minutesAgo: 29 }])
  ;[doubted = ''] = await playCheckins(zekken, '103', [{ ...far, minutesAgo: 28 }])
  const how = { language: 'en', scheme: 'light', viewport: sizes.desk } as const
  desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '管理 森' }, how)
  page = desk.page
}, 120_000)
afterAll(async () => {
  expect(desk?.complaints()).toEqual([])
  await desk?.context.close()
  await browser?.close()
  await zekken?.end()
})

const root = () => `/api/events/${zekken.event}`
const teamOf = async (number: string) => (await zekken.get(`${root()}/teams/${number}`)) as TeamPage
const evidence = async () => (await zekken.get(`${root()}/review/${doubted}`)) as Evidence
const dialog = () => page.locator('dialog')
const press = (name: string | RegExp, where: Page | ReturnType<typeof dialog> = page) =>
  where.getByRole('button', { name, exact: typeof name === 'string' }).click()

/** On a team's page: fills the form of an act, looks at the effect, which is answered, and records it. */
async function decideOn(team: string, act: string, fill: () => Promise<unknown>): Promise<string> {
  await visit(page, `${zekken.url}/admin/teams/${team}`)
  await press(act)
  await fill()
  await dialog().getByLabel('Reason').fill(`because of ${act}`)
  await press('Look at the effect', dialog())
  await dialog().locator('.button.main:enabled', { hasText: 'Record it' }).waitFor()
  const effect = await dialog().innerText()
  await press('Record it', dialog())
  await dialog().waitFor({ state: 'detached' })
  return effect
}

test('[CB37] points are taken off after a look at the effect; the team, its story and the ranking say so', async () => {
  const { net } = (await teamOf('101')).card!.points
  const effect = await decideOn('101', 'Adjust points', () =>
    dialog()
      .getByLabel(/^Points/)
      .fill('−5'),
  )
  expect(effect).toContain(`${net} → ${net - 5}`)
  await page.locator('.sum .figure', { hasText: String(net - 5) }).waitFor()
  await page.locator('.story', { hasText: 'because of Adjust points' }).waitFor()
  const { classIds } = (await teamOf('101')).team as unknown as { classIds: string[] }
  await visit(page, `${zekken.url}/admin/rankings/${classIds[0]}`)
  const row = page.getByRole('row').filter({ has: page.locator('a[href="/admin/teams/101"]') })
  await row
    .getByText(String(net - 5), { exact: true })
    .first()
    .waitFor()
})

test('[CB37] a team is ruled out after a look at the effect, and let in again', async () => {
  const choose = (label: string) => () => dialog().locator('select').selectOption({ label })
  await decideOn('102', 'Rule on entry', choose('Disqualified'))
  await page
    .getByText(/^Disqualified/)
    .first()
    .waitFor()
  expect((await teamOf('102')).card?.status).toBe('disqualified')
  await decideOn('102', 'Rule on entry', choose('Registered'))
  await expect.poll(async () => (await teamOf('102')).card?.status).toBe('registered')
})

test('[CB37] a name is corrected and a team retired', async () => {
  await visit(page, `${zekken.url}/admin/teams/102`)
  await press('Correct')
  await dialog().getByLabel('Team name').fill('O’Brien 髙﨑')
  await dialog().locator('button[type=submit]').click()
  await page.getByRole('heading', { name: '102 O’Brien 髙﨑' }).waitFor()
  await press('Retire the team')
  await dialog().locator('input, textarea').last().fill('knee')
  await press('Retire the team', dialog())
  await expect.poll(async () => (await teamOf('102')).card?.retired?.reason).toBe('knee')
})

test('[CB38] a doubted check-in is rejected, reopened, and moved to where it belongs', async () => {
  await visit(page, `${zekken.url}/admin/review?filter=PENDING&team=103`)
  await page.locator('.evidence .history').waitFor()
  await press(/^Reject…/)
  await dialog().locator('textarea').fill('no gate in it')
  await dialog().locator('form button[type=submit]').click()
  await expect.poll(async () => (await evidence()).item.status).toBe('REJECTED')
  await visit(page, `${zekken.url}/admin/review?filter=decided&team=103`)
  await press(/^Reopen/)
  await expect.poll(async () => (await evidence()).item.status).toBe('PENDING')
  await press('Move')
  const to = dialog().locator('select')
  const other = await to.locator('option').evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))
  const target = other.find((value) => value !== '18') ?? ''
  await to.selectOption(target)
  await dialog().getByLabel('Reason').fill('typing error')
  await press('Look at the effect', dialog())
  await press('Record it', dialog())
  await expect
    .poll(async () => (await teamOf('103')).verdicts.map(({ checkpoint }) => checkpoint), { timeout: 20_000 })
    .toContain(target)
})

test('[CB39] all that fits class, reason and team is rejected at once with a comment, and only that', async () => {
  await visit(page, `${zekken.url}/admin/review?filter=PENDING`)
  await page.locator('summary', { hasText: 'More filters' }).click()
  const more = page.locator('details.more', { hasText: 'More filters' })
  await more.locator('select').first().selectOption('no-photo')
  await page.locator('.state').first().waitFor()
  await more.locator('select').first().selectOption('too-far')
  await more.locator('input').fill('１０３')
  await page.keyboard.press('Enter')
  await page.locator('.evidence').first().waitFor()
  await press('Decide many')
  await press(/^Reject \d/, dialog())
  await dialog().getByRole('alert').waitFor()
  await dialog().locator('textarea').fill('not there')
  await press(/^Reject \d/, dialog())
  await dialog()
    .getByText(/\d decided/)
    .waitFor()
  const { verdicts } = await teamOf('103')
  const rejected = verdicts.filter(({ status }) => status === 'REJECTED')
  expect(rejected.length).toBeGreaterThan(0)
  for (const { reasons, comment } of rejected)
    expect([reasons.includes('too-far'), comment]).toEqual([true, 'not there'])
  expect((await teamOf('101')).verdicts.map(({ status }) => status)).toEqual(['AUTO_APPROVED'])
})

test('[CB45] a frozen ranking holds off changes of the plan that move points, until it is unfrozen', async () => {
  const lookAtCancelling = async () => {
    await visit(page, `${zekken.url}/admin/setup/checkpoints`)
    await page.getByRole('button', { name: /\b18\b/ }).click()
    await page.getByLabel('Cancel it').check()
    await page.locator('.form-end .button.main').click()
  }
  await visit(page, `${zekken.url}/admin/rankings`)
  await press('Freeze')
  const state = page.locator('.publication .pill')
  await state.filter({ hasText: 'Frozen' }).waitFor()
  await page.getByText('管理 森').first().waitFor()
  await expectSoundInBothSizes(desk, 'a frozen ranking')
  await lookAtCancelling()
  await dialog().getByText('The ranking is frozen, so this cannot be saved. Unfreeze it first.').waitFor()
  expect(await dialog().locator('.button.main:enabled').count()).toBe(0)
  await page.keyboard.press('Escape')
  await visit(page, `${zekken.url}/admin/rankings`)
  await press('Unfreeze')
  await press('Unfreeze', dialog())
  await state.filter({ hasText: 'Not public' }).waitFor()
  await press('Snapshots')
  await page.locator('tbody tr', { hasText: 'freezing' }).waitFor()
  await lookAtCancelling()
  await dialog().locator('.button.main:enabled').waitFor()
})

test('[CB40] a checkpoint is cancelled after a look at which teams lose what, and its points are gone', async () => {
  const { net } = (await teamOf('101')).card!.points
  await visit(page, `${zekken.url}/admin/setup/checkpoints`)
  await page.getByRole('button', { name: /\b18\b/ }).click()
  await page.getByLabel('Cancel it').check()
  await page.locator('.form-end .button.main').click()
  const row = dialog().locator('tbody tr', { hasText: '101' })
  await row.waitFor()
  const [, before, after] = /(-?\d+) → (-?\d+)/.exec((await row.innerText()).replaceAll('−', '-')) ?? []
  expect(Number(before)).toBe(net)
  expect(Number(after)).toBeLessThan(net)
  await dialog().locator('.button.main').click()
  await page.locator('.pill', { hasText: 'Cancelled' }).waitFor()
  await expect.poll(async () => (await teamOf('101')).card?.points.net).toBe(Number(after))
})
