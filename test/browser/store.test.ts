import { gzipSync } from 'node:zlib'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { openStore } from '../../app/store/open-store.ts'
import type { Ports } from '../../app/store/ports.ts'
import type { Store } from '../../app/store/types.ts'
import { buildPage } from '../store/support/build-page.ts'
import { openServer, type ServedFile, type TestServer } from '../store/support/open-server.ts'
import { sharedChromium } from '../support/chromium.ts'

declare const window: { openStore: typeof openStore; ports: Ports; store: Store; facts: string[] }

let server: TestServer
let browser: Browser
let files: Record<string, ServedFile>
beforeAll(async () => {
  files = await buildPage()
  server = await openServer({ files })
  browser = await sharedChromium()
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

async function open(page: Page): Promise<void> {
  await page.goto(`${server.url()}/page`)
  await page.waitForFunction(() => 'openStore' in window)
  await page.evaluate(async () => {
    window.store = await window.openStore(window.ports)
  })
}
const append = (page: Page, team: string) =>
  page.evaluate(
    async (number) =>
      (
        await window.store.outbox.append({
          type: 'checkin',
          team: number,
          checkpoint: '5',
          method: 'qr',
          verified: true,
        })
      )._id,
    team,
  )

test('[IB1] in a real browser: sign in, append offline, reload, sync, first sync of the roster', async () => {
  await server
    .couch()
    .database('zk-demo-roster')
    .bulk(Array.from({ length: 1200 }, (_, i) => ({ _id: `card:${i + 1}` })))
  const context = await browser.newContext()
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(String(error)))
  await open(page)
  const token = await server.invite('core')
  const signed = await page.evaluate((invitation) => window.store.session.signIn(invitation, 'Chromium'), token)
  expect(signed).toMatchObject({ ok: true })
  await page.waitForFunction(() => window.store.mirrors.roster.state.value === 'complete')
  expect(await page.evaluate(() => window.store.mirrors.roster.docs.value.size)).toBe(1200)
  await context.setOffline(true)
  const fact = await append(page, '12')
  expect(await page.evaluate(() => window.store.status.unsent.value)).toBe(1)
  await context.setOffline(false)
  await open(page)
  await page.waitForFunction(() => window.store.status.unsent.value === 0)
  expect(await server.couch().database('zk-demo-log').get(fact)).not.toBeNull()
  expect(errors).toEqual([])
  await context.close()
})

test('[IB2] two tabs write, one replicates, and when it closes the other goes on', async () => {
  const context = await browser.newContext()
  const first = await context.newPage()
  await open(first)
  const token = await server.invite('core')
  await first.evaluate((invitation) => window.store.session.signIn(invitation, 'Chromium'), token)
  await first.waitForFunction(() => window.store.status.tab.value === 'leads')
  const second = await context.newPage()
  await open(second)
  expect(await second.evaluate(() => window.store.status.tab.value)).toBe('follows')
  const facts = [await append(second, '21'), await append(first, '22')]
  for (const page of [first, second]) {
    await page.waitForFunction(
      (ids) => ids.every((id) => window.store.outbox.states.value.get(id)?.state === 'confirmed'),
      facts,
    )
  }
  await first.close()
  await second.waitForFunction(() => window.store.status.tab.value === 'leads')
  const last = await append(second, '23')
  await second.waitForFunction((id) => window.store.outbox.states.value.get(id)?.state === 'confirmed', last)
  await context.close()
})

test('[IB3] a database that the system closed behind our back is opened anew, and the write goes through', async () => {
  const context = await browser.newContext()
  const page = await context.newPage()
  // What iOS does to a page in the background, done to every connection that the page opens.
  await page.addInitScript(() => {
    const open = IDBFactory.prototype.open
    const connections: IDBDatabase[] = []
    IDBFactory.prototype.open = function (...given) {
      const request = open.apply(this, given)
      request.addEventListener('success', () => connections.push(request.result))
      return request
    }
    Object.assign(window, { closeAll: () => connections.splice(0).map((connection) => connection.close()).length })
  })
  await open(page)
  const token = await server.invite('core')
  await page.evaluate((invitation) => window.store.session.signIn(invitation, 'Chromium'), token)
  await page.waitForFunction(() => window.store.mirrors.roster.state.value === 'complete')
  expect(await page.evaluate(() => (window as unknown as { closeAll(): number }).closeAll())).toBeGreaterThan(3)
  const fact = await append(page, '31')
  await page.waitForFunction((id) => window.store.outbox.states.value.get(id)?.state === 'confirmed', fact)
  expect(await server.couch().database('zk-demo-log').get(fact)).not.toBeNull()
  await context.close()
})

test('[IB4] the store with PouchDB, signals and preact stays under 51 KB gzipped', () => {
  expect(gzipSync(files['/page.js']?.body ?? '').length).toBeLessThan(51_000)
})
