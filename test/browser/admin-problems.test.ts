import type { Browser } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { databaseName, office as officeName } from '../../design-docs/databases.ts'
import type { ParkedDoc } from '../../design-docs/runner-docs.ts'
import { readConfig } from '../../sync-server/config.ts'
import { openCouch } from '../../sync-server/couch/open-couch.ts'
import { sharedChromium } from '../support/chromium.ts'
import { openDeskBrowser } from '../support/desk-browser.ts'
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

async function nameOnCard(): Promise<string | undefined> {
  const { card } = (await zekken.get(`/api/events/${zekken.event}/teams/101`)) as { card: { name: string } | null }
  return card?.name
}

/** As after a fault that is mended by now: what the function should have written is not there, and its key is parked. */
async function park(): Promise<void> {
  await zekken.stop()
  const { couch, close } = await openCouch(readConfig({ DATA_DIR: zekken.dataDir, DURABILITY: 'process' }))
  const { event } = zekken
  const desk = couch.database(databaseName(event, 'desk'))
  await desk.put({ ...(await desk.get('card:101'))!, name: '古い名前' })
  const at = Date.now() - 60_000
  const parked: ParkedDoc = {
    ...{ _id: `parked:${event}:settle:101`, type: 'parked', event, function: 'settle', key: '101' },
    ...{ state: 'parked', tries: 5, error: 'the disk was full', firstAt: at, lastAt: at, nextAt: null },
  }
  await couch.database(officeName).put({ ...parked })
  await close()
  await zekken.start()
}

describe.each(Object.entries(sizes))('on a screen as large as a %s', (_, viewport) => {
  test('[CB27] parked work is tried again by a press of an admin, is done, and leaves the list; a judge only sees it', async () => {
    await expect.poll(nameOnCard).toBe('長良川ランナーズ')
    await park()
    const judge = await openDeskBrowser(browser, zekken, { role: 'judge', name: '審査 小川' }, { viewport })
    await visit(judge.page, `${zekken.url}/admin/problems`)
    await judge.page.getByText('the disk was full').waitFor()
    expect(await judge.page.getByRole('button', { name: 'もう一度処理する' }).count()).toBe(0)
    const admin = await openDeskBrowser(browser, zekken, { role: 'admin', name: '本部 田中' }, { viewport })
    await visit(admin.page, `${zekken.url}/admin/problems`)
    await admin.page.getByText('the disk was full').waitFor()
    expect(await nameOnCard()).toBe('古い名前')
    await admin.page.getByRole('button', { name: 'もう一度処理する' }).click()
    await expect.poll(nameOnCard).toBe('長良川ランナーズ')
    for (const { page } of [admin, judge]) await page.getByText('問題はありません').waitFor()
    expect([...admin.complaints(), ...judge.complaints()]).toEqual([])
    for (const { context } of [admin, judge]) await context.close()
  })
})
