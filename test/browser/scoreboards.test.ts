import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { readPdf } from '../print/read-pdf.ts'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { phoneWithoutScreen } from '../support/phone-without-screen.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { someCheckpoints, startZekken, type Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await startZekken()
  browser = await sharedChromium()
  const places = someCheckpoints.filter(({ kind }) => kind !== 'start' && kind !== 'goal').slice(0, 2)
  const visits = places.map(({ number, lat, lng }, n) => ({
    checkpoint: number,
    ...{ lat, lng },
    minutesAgo: 40 - n * 20,
  }))
  await Promise.all(['101', '102'].map((team) => playCheckins(zekken, team, visits)))
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const looks = [
  { language: 'ja', scheme: 'light', viewport: { width: 1440, height: 900 }, team: '101', title: '成績表' },
  { language: 'en', scheme: 'dark', viewport: { width: 390, height: 844 }, team: '102', title: 'Scoreboard' },
] as const

describe.each(looks)('in $language, $scheme, $viewport.width wide,', ({ team, title, ...look }) => {
  let desk: DeskBrowser
  beforeAll(async () => {
    desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
  })
  afterAll(() => desk?.context.close())

  test('[SB20] all scoreboards are made, followed to their end, and saved as one file', async () => {
    const { page } = desk
    await visit(page, `${zekken.url}/admin/scoreboards`)
    const row = page.locator('ul.numbered.sheet > li', { hasText: '101' })
    await row.waitFor()
    await expectSound(desk, 'scoreboards')
    const jobs = page.locator('.jobs > li')
    const before = await jobs.count()
    await page.locator('.button.main').click()
    // The newest comes first; until it is there, that is the one before.
    await jobs.nth(before).waitFor()
    const job = jobs.first()
    await job.locator('.pill.ok').waitFor()
    await row.locator('button').first().waitFor()
    await expectSound(desk, 'scoreboards made')
    const [file] = await Promise.all([page.waitForEvent('download'), job.locator('button').first().click()])
    expect(file.suggestedFilename()).toBe(`${zekken.event}-scoreboards.pdf`)
    const pdf = await readPdf(new Uint8Array(await readFile(await file.path())))
    expect(pdf.pages).toBe(2)
    expect((await pdf.texts(1)).join(' ')).toContain(title)
  })

  test('[SB21] a team’s page makes its scoreboard anew and passes it on by a link, which is revoked', async () => {
    const { page } = desk
    await visit(page, `${zekken.url}/admin/teams/${team}`)
    const sheet = page.locator('section.scoreboards')
    await sheet.locator('button').nth(2).click()
    await page.locator('.toast').first().waitFor()
    const [file] = await Promise.all([page.waitForEvent('download'), sheet.locator('button').first().click()])
    expect(file.suggestedFilename()).toBe(`${zekken.event}-${team}-scoreboard.pdf`)
    await page
      .locator('section.sheet', { has: page.locator('input[type=number]') })
      .locator('button')
      .first()
      .click()
    const link = (await page.locator('.made-link').textContent()) ?? ''
    expect(link).toMatch(/\/r\/[\w-]{22}$/)
    expect((await fetch(link)).status).toBe(200)
    const links = page.locator('section.sheet', { has: page.locator('li .number', { hasText: team }) }).last()
    await links.locator('li button').first().click()
    await expectSound(desk, 'revoke a link')
    await page.locator('dialog .button.refuse').click()
    await links.locator('.pill.no').first().waitFor()
    await expectSound(desk, 'team with a scoreboard')
    const outside = await desk.context.newPage()
    const answer = await outside.goto(link)
    expect(answer?.status()).toBe(404)
    await outside.locator('h1').first().waitFor()
    expect(desk.complaints()).toEqual([])
  })
})

test('[SB22] boards of a whole event are cancelled on their way, and gone on with to the last team', async () => {
  const teams = Array.from({ length: 300 }, (_, n) => String(1001 + n))
  const crowd = await startZekken({
    teams: teams.map((team) => ({ team, name: `第${team}隊`, classIds: ['three'], members: [] })),
  })
  onTestFinished(() => crowd.end())
  const phone = await phoneWithoutScreen(crowd, 'core', 22)
  for (const team of teams)
    phone.record('checkin', Date.now(), { team, checkpoint: '34', method: 'qr', verified: true })
  expect(await phone.deliver()).toBe(0)
  const desk = await openDeskBrowser(browser, crowd, { role: 'admin', name: 'Sato' }, { language: 'en' })
  const { page } = desk
  await visit(page, `${crowd.url}/admin/scoreboards`)
  await page.getByRole('button', { name: 'Make scoreboards (teams: 300)' }).click()
  const job = page.locator('.jobs > li').first()
  await job.getByRole('button', { name: 'Cancel' }).click()
  await job.getByText('Cancelled').waitFor()
  const made = Number(/([\d,]+) of 300/.exec(await job.innerText())?.[1])
  expect(made).toBeLessThan(300)
  await expectSound(desk, 'boards cancelled')
  await job.getByRole('button', { name: 'Go on' }).click()
  await job.locator('.pill.ok').waitFor({ timeout: 60_000 })
  const [file] = await Promise.all([page.waitForEvent('download'), job.getByRole('button', { name: /\.pdf/ }).click()])
  expect((await readPdf(new Uint8Array(await readFile(await file.path())))).pages).toBe(300)
  expect(desk.complaints()).toEqual([])
}, 180_000)
