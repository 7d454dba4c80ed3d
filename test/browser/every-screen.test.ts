import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { defaultMasks, menuBits } from '../../design-docs/menus.ts'
import { sharedChromium } from '../support/chromium.ts'
import { openDeskBrowser } from '../support/desk-browser.ts'
import {
  batch,
  deskScreens,
  entryScreens,
  routesOfApps,
  type Screen,
  staffScreens,
  survey,
  teamScreens,
} from '../support/every-screen.ts'
import { expectSound } from '../support/expect-sound.ts'
import { openEntries } from '../support/open-entries.ts'
import { phoneWithoutScreen } from '../support/phone-without-screen.ts'
import { sharedZekken } from '../support/shared-zekken.ts'
import { signIn, staffPhone, standAt } from '../support/staff-phone.ts'
import type { Zekken } from '../support/start-zekken.ts'
import { decide, joinTeam, playTwoVisits } from '../support/team-phone.ts'
import { visit } from '../support/visit.ts'
import { sizes, type WatchedPage, watchedPage } from '../support/watched-page.ts'

vi.setConfig({ testTimeout: 180_000 })

let zekken: Zekken
let browser: Browser
beforeAll(async () => {
  const { staff, participant } = defaultMasks
  zekken = await sharedZekken({ menus: { staff: staff | menuBits.search | menuBits.survey, participant } })
  browser = await sharedChromium()
  await playTwoVisits(zekken, '101')
  await openEntries(zekken, { firstNumber: 301 })
  const audience = { roles: ['participant', 'staff', 'core', 'admin'] }
  const title = { ja: '靴について', en: 'About your shoes' }
  const body = { ja: '**お願い**\n\n- 回答は任意です', en: '**Please**\n\n- Only if you like' }
  const reception = await phoneWithoutScreen(zekken, 'staff', 7)
  reception.record('reception', Date.now() - 3_600_000, { team: '101', arrived: ['m1', 'm2'], feePaid: true })
  reception.record('reception', Date.now() - 3_500_000, { team: '102', arrived: ['m1'], feePaid: false })
  await reception.deliver()
  await decide(zekken, { kind: 'notice', title: title.ja, body: body.ja, audience: {}, urgent: false })
  await decide(zekken, { kind: 'chat', team: '101', text: '給水所は移動しました' })
  await decide(zekken, { kind: 'adjustment', team: '101', points: 10, reason: '給水所の手伝い' })
  const event = zekken.event
  const page = { event, title, body, state: 'shown', order: 1 }
  await zekken.put(`/api/events/${event}/pages/rules`, { ...page, _id: 'page:rules', type: 'page', kind: 'guide' })
  const questions = [{ id: 'q1', label: title, required: true, kind: 'scale' }]
  const doc = { _id: `survey:${survey}`, type: 'survey', event, title, body, state: 'shown', questions, audience }
  await zekken.put(`/api/events/${event}/surveys/${survey}`, doc)
  await zekken.put(`/api/events/${event}/uploads/${batch}`, { name: '第1班のカメラ', team: null })
}, 120_000)
afterAll(async () => {
  await browser?.close()
  await zekken?.end()
})

test('[ES1] every path that an app’s router knows is in the table of screens, and no other', () => {
  const table = [...deskScreens, ...staffScreens, ...teamScreens, ...entryScreens].map(([pattern]) => pattern)
  expect(table.sort()).toEqual(routesOfApps().sort())
})

/** Goes to each and looks at it in both sizes; answers all that is wrong at once. */
async function wrongWith(watched: WatchedPage, root: string, screens: readonly Screen[]): Promise<string[]> {
  const wrong: string[] = []
  const look = async (screen: string, see: () => Promise<unknown>) => {
    await see().catch((error: Error) => wrong.push(`${screen}: ${error.message}`))
  }
  for (const [pattern, path, ready] of screens) {
    await visit(watched.page, `${zekken.url}${root}${path.replace('EVENT', zekken.event)}`)
    await look(pattern, () => watched.page.locator(ready).first().waitFor({ timeout: 10_000 }))
    for (const [size, viewport] of Object.entries(sizes)) {
      await watched.page.setViewportSize(viewport)
      await look(`${pattern} ${size}`, () => expectSound(watched, ''))
      if (root === '/staff/' && size === 'phone')
        wrong.push(...(await smallTargets(watched)).map((one) => `${pattern}: ${one}`))
    }
  }
  return wrong
}

/** What can be pressed and is lower or narrower than a thumb, but for links inside a sentence (WCAG 2.2, 2.5.8). */
function smallTargets({ page }: WatchedPage): Promise<string[]> {
  return page.evaluate(() => {
    const pressed = [
      ...document.querySelectorAll<HTMLElement>('a[href], button, select, summary, input, [role=button]'),
    ]
    return pressed.flatMap((one) => {
      const label = one.closest('label')
      const { width, height } = (label ?? one).getBoundingClientRect()
      const isSeen = one.checkVisibility({ visibilityProperty: true }) && width > 1 && height > 1
      const isInText = one.matches('p a, li a:not([class])')
      return !isSeen || isInText || (width >= 48 && height >= 48)
        ? []
        : [`${(label ?? one).outerHTML.slice(0, 120)} ${Math.round(width)}×${Math.round(height)}`]
    })
  })
}

const looks = [
  { language: 'ja', scheme: 'light' },
  { language: 'en', scheme: 'dark' },
] as const

describe.each(looks)(
  '[ES2] in $language, $scheme, in both sizes, axe and the browser’s console have nothing to say of',
  (look) => {
    test('the screens of the console', async () => {
      const desk = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 田中' }, look)
      expect(await wrongWith(desk, '/admin/', deskScreens)).toEqual([])
      await desk.context.close()
    })

    test('the screens of the staff app, whose buttons fit a thumb', async () => {
      const phone = await staffPhone(browser, look)
      await signIn(phone, zekken)
      await standAt(phone, zekken, /^34/)
      expect(await wrongWith(phone, '/staff/', staffScreens)).toEqual([])
      await phone.context.close()
    })

    test('the screens of the team app', async () => {
      const phone = await staffPhone(browser, look)
      await joinTeam(phone, zekken, '101')
      expect(await wrongWith(phone, '/team/', teamScreens)).toEqual([])
      await phone.context.close()
    })

    test('the screens of entry', async () => {
      const phone = await watchedPage(browser, look)
      expect(await wrongWith(phone, '/team/', entryScreens)).toEqual([])
      await phone.context.close()
    })
  },
)
