import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { type DeskBrowser, openDeskBrowser } from '../support/desk-browser.ts'
import { expectSound } from '../support/expect-sound.ts'
import { playCheckins } from '../support/play-checkins.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { visit } from '../support/visit.ts'

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  zekken = await sharedZekken()
  browser = await sharedChromium()
  await playCheckins(zekken, '101', [
    { checkpoint: '18', lat: 35.4378, lng: 136.7755, minutesAgo: 30 },
    { checkpoint: '34', lat: 35.4349, lng: 136.7822, minutesAgo: 10 },
  ])
  await playCheckins(zekken, '102', [{ checkpoint: '18', lat: 35.4395, lng: 136.7755, minutesAgo: 20 }])
})
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

const phone = { width: 390, height: 844 }
const wide = { width: 1440, height: 900 }
const looks = [
  { language: 'ja', scheme: 'light', viewport: wide },
  { language: 'en', scheme: 'dark', viewport: phone },
] as const

describe.each(looks)(
  '[CB1] in $language, $scheme, $viewport.width wide, what opens on the screens of the console is sound:',
  (look) => {
    let desk: DeskBrowser
    beforeAll(async () => {
      desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 管理者' }, look)
    })
    afterAll(() => desk?.context.close())

    /** Screens themselves are looked at in `every-screen`; what they show in some state, here. */
    const go = async (path: string, ready: string) => {
      await visit(desk.page, `${zekken.url}/admin/${path}`)
      await desk.page.locator(ready).first().waitFor()
      await desk.page.locator('.link-state .dot:not(.off)').waitFor()
    }
    const see = async (path: string, ready: string, screen = path) => {
      await go(path, ready)
      await expectSound(desk, screen)
    }

    test('overview, menu and settings', async () => {
      await go('', '.figures')
      const menu = desk.page.locator('.menu-button')
      if (await menu.isVisible()) await menu.click()
      await desk.page.locator('.who').click()
      await desk.page.locator('dialog').waitFor()
      await expectSound(desk, 'settings')
    })

    test('review, its queue, and the reasons for rejecting', async () => {
      await go('review', '.photo img')
      await desk.page.locator('.review-acts .refuse').click()
      await desk.page.locator('.reject-reasons').waitFor()
      await expectSound(desk, 'reject')
      await desk.page.keyboard.press('Escape')
      await see('review?filter=decided', '.state, .review', 'decided')
    })

    test('rankings and what a number is made of', async () => {
      await go('rankings', '.ranking')
      await desk.page.locator('.ranking .why.strong').first().click()
      await desk.page.locator('dialog .sum').waitFor()
      await expectSound(desk, 'why')
    })

    test('one team, its decisions, a team that is not there', async () => {
      await go('teams/101', '.story')
      for (const index of [0, 1, 2, 3]) {
        await desk.page.locator('.pair .button').nth(index).click()
        await desk.page.locator('dialog').waitFor()
        await expectSound(desk, `team dialog ${index}`)
        await desk.page.keyboard.press('Escape')
      }
      await see('teams/999', '.state', 'unknown team')
    })

    test('before a team’s personal data are deleted, and links that open now', async () => {
      await go('teams/103', '.story')
      await desk.page.locator('section.sheet .button', { hasText: /個人データを削除する|Delete personal data/ }).click()
      await desk.page.locator('dialog input').fill('999')
      await desk.page.locator('dialog .button.refuse').click()
      await desk.page.locator('dialog', { hasText: /番号が違います|not the team’s number/ }).waitFor()
      await expectSound(desk, 'another number than the team’s')
      const team = JSON.stringify(await zekken.get(`/api/events/${zekken.event}/teams/101`))
      const photo = team.match(/"(?:photo|_id)":"([^"]*:photo:[^"]+)"/)?.[1] ?? ''
      await zekken.post(`/api/images/${encodeURIComponent(`image:${photo}`)}/url`, { variant: 'screen' })
      await see('links', '.list.numbered .button', 'links')
    })

    test('invitations', async () => {
      await go('invitations', 'form')
      await desk.page.locator('form input').first().fill('受付 鈴木')
      await desk.page.locator('form .button.main').click()
      await desk.page.locator('.qr').waitFor()
      await expectSound(desk, 'made invitation')
    })

    test('set-up and imports', async () => {
      for (const part of ['event', 'classes', 'rules', 'checkpoints'])
        await see(`setup/${part}`, '.sheet .field, .list.numbered', part)
      await desk.page.locator('.list.numbered .button').first().click()
      await desk.page.locator('.form-grid').waitFor()
      await expectSound(desk, 'checkpoint')
      await see('setup/imports', '.file-drop', 'imports')
      await desk.page
        .locator('input[type=file]')
        .first()
        .setInputFiles({
          name: 'points.csv',
          mimeType: 'text/csv',
          buffer: Buffer.from('number,name,lat,lng,points\n77,Bridge,35.4,136.7,77\n78,,x,136.7,1'),
        })
      await desk.page.locator('.line-bad').waitFor()
      await expectSound(desk, 'import preview')
      await see('nowhere', '.state', 'missing')
    })
  },
)

test('[CB15] times are the event’s from the first moment on, also in a browser that is elsewhere', async () => {
  const who = { role: 'judge', name: '審査 小川' } as const
  const { page, context } = await openDeskBrowser(browser, zekken, who, { timeZone: 'America/New_York' })
  let send = () => {}
  const held = new Promise<void>((resolve) => {
    send = resolve
  })
  await context.route('**/overview', async (route) => {
    await held
    await route.continue()
  })
  await page.goto(`${zekken.url}/admin/teams/101`)
  await page.getByRole('heading', { name: /長良川ランナーズ/ }).waitFor()
  expect(await page.locator('main').innerText()).not.toMatch(/\d:\d\d/)
  send()
  const { story } = (await zekken.get(`/api/events/${zekken.event}/teams/101`)) as {
    story: { type: string; at: number }[]
  }
  const clock = { timeZone: 'Asia/Tokyo', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const
  const times = story.filter(({ type }) => type === 'checkin').map(({ at }) => new Date(at))
  expect(times).toHaveLength(2)
  for (const time of times) await page.getByText(time.toLocaleTimeString('ja-JP', clock)).first().waitFor()
  await context.close()
})

test('[CB35] a screen that cannot be fetched says so, and is there after a reload with a network', async () => {
  const { page, context } = await openDeskBrowser(browser, zekken, { role: 'judge', name: '審査 小川' })
  await context.route('**/teams-page-*.js', (route) => route.abort())
  await page.locator('.desk-nav a[href="/admin/teams"]').click()
  await page.getByText('この画面はまだこの端末にありません').waitFor()
  await context.unroute('**/teams-page-*.js')
  await page.getByRole('button', { name: '読み込み直す' }).click()
  await page.getByText('長良川ランナーズ').first().waitFor()
  await context.close()
})
