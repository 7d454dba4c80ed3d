import { randomBytes } from 'node:crypto'
import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'
import { sizes } from '../support/watched-page.ts'

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

/** A phone as far as the server can tell: signed in by an invitation, and saying once how it is. */
async function phoneSays(name: string, says: object) {
  const link = await zekken.invite('staff', name)
  const token = link.slice(link.indexOf('#invite=') + '#invite='.length)
  const id = randomBytes(10).toString('hex')
  const answer = await post('/api/login/invitation', { token, device: { id, name, app: 'staff', version: '1.2.3' } })
  const { accessToken } = (await answer.json()) as { accessToken: string }
  const cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? ''
  const heartbeat = { version: '1.2.3', unsent: 0, photosUnsent: 0, oldestUnsentAt: null, clockOffsetMs: 0, ...says }
  await post('/api/devices/heartbeat', heartbeat, { authorization: `Bearer ${accessToken}` })
  return { id, cookie }
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(zekken.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })

/** What a removed phone does before it wipes. */
async function handOver({ id, cookie }: { id: string; cookie: string }): Promise<void> {
  const authorization = `Bearer ${await zekken.token('admin')}`
  await fetch(`${zekken.url}/api/events/${zekken.event}/devices/${id}?reason=lost`, {
    method: 'DELETE',
    headers: { authorization },
  })
  const refused = await post('/api/login/refresh', {}, { cookie })
  const { error } = (await refused.json()) as { error: { figures: { order: string } } }
  const answer = await post('/api/quarantine', { order: error.figures.order, facts: [{ _id: 'nobody can read this' }] })
  expect(answer.ok).toBe(true)
}

const looks = [
  {
    language: 'ja',
    scheme: 'light',
    viewport: sizes.desk,
    says: ['スタッフ', '記録 7・写真 2', '+3,600 秒', '1.2.3'],
    ago: /\d 秒前|今/,
    well: ['なし', '正確'],
    removed: '解除済み',
  },
  {
    language: 'en',
    scheme: 'dark',
    viewport: sizes.phone,
    says: ['Staff', '7 records, 2 photos', '+3,600 s', '1.2.3'],
    ago: /\d seconds? ago|now/,
    well: ['nothing', 'right'],
    removed: 'Removed',
  },
] as const

describe.each(looks)('[CO8] in $language, $viewport.width wide,', ({ says, ago, well, removed, ...look }) => {
  const far = `展望台 ${look.language}`
  const near = `受付 ${look.language}`
  let desk: DeskBrowser
  beforeAll(async () => {
    await phoneSays(far, { unsent: 7, photosUnsent: 2, oldestUnsentAt: 1, clockOffsetMs: -3_600_000 })
    await phoneSays(near, { clockOffsetMs: 300 })
    desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
    await visit(desk.page, `${zekken.url}/admin/devices`)
  })
  afterAll(() => desk?.context.close())
  const row = (name: string) => desk.page.locator('tr').filter({ hasText: name })

  test('the table of devices shows role, last contact, backlog, clock and version of each', async () => {
    await row(far).first().waitFor()
    const cells = await row(far).first().innerText()
    for (const said of says) expect(cells).toContain(said)
    expect(cells).toMatch(ago)
    const others = await row(near).first().innerText()
    for (const said of well) expect(others).toContain(said)
  })

  test('a device is removed after a question, which is sound, and then shown as removed', async () => {
    await row(near).getByRole('button').click()
    await desk.page.locator('dialog').getByText(near).waitFor()
    await expectSound(desk, 'remove device')
    await desk.page.keyboard.press('Escape')
    await expect.poll(() => desk.page.locator('dialog').count()).toBe(0)
    expect(await row(near).innerText()).not.toContain(removed)
    await row(near).getByRole('button').click()
    await desk.page.locator('dialog .button.refuse').click()
    await row(near).getByText(removed).waitFor()
    await expectSound(desk, 'a removed device')
  })

  test('what a removed device handed over, and the question before it is discarded, are sound', async () => {
    await handOver(await phoneSays(`山頂 ${look.language}`, {}))
    await visit(desk.page, `${zekken.url}/admin/problems`)
    const waiting = desk.page.locator('section').filter({ has: desk.page.locator('details') })
    await waiting.locator('summary').click()
    await expectSound(desk, 'quarantine')
    await waiting.locator('.button.bare').click()
    await desk.page.locator('dialog .button.refuse').waitFor()
    await expectSound(desk, 'discard')
    await desk.page.locator('dialog .button.refuse').click()
    await expect.poll(() => waiting.count()).toBe(0)
    await expectSound(desk, 'discarded')
  })
})
