import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, Page } from 'playwright'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sharedChromium } from '../support/chromium.ts'
import { expectSound } from '../support/expect-sound.ts'
import { sizes, watchedPage } from '../support/watched-page.ts'

const document = `<!doctype html><html lang="en"><title>Text</title><body style="background:#fff;color:#111">
<main><h1>Text</h1><p id="before">sound</p><p id="after">sound as well</p>
<div style="position:relative"><i style="position:absolute;inset:0"></i><span id="over" style="position:relative">on a bar</span></div>
<div style="display:grid"><b style="grid-area:1/1"></b><p id="cell" style="grid-area:1/1;margin:0">in a cell</p></div></main>`

let server: Server
let browser: Browser
let url: string
beforeAll(async () => {
  server = createServer((_, answer) => answer.setHeader('content-type', 'text/html').end(document))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  browser = await sharedChromium()
})
afterAll(async () => {
  await browser?.close()
  server.closeAllConnections()
  server.close()
})

const open = async () => {
  const watched = await watchedPage(browser, { language: 'en' })
  await watched.page.goto(url)
  return watched
}

test('a profile that is used again holds nothing of what was stored in it', async () => {
  const first = await open()
  await first.context.addCookies([{ name: 'kept', value: '1', url }])
  await first.page.evaluate(async () => {
    localStorage.setItem('kept', '1')
    sessionStorage.setItem('kept', '1')
    await caches.open('kept').catch(() => undefined)
    await new Promise((resolve, reject) =>
      Object.assign(indexedDB.open('kept'), { onsuccess: resolve, onerror: reject }),
    )
  })
  expect(await stored(first.page)).toEqual([1, 1, 'kept=1', 1, 1])
  let heard = 0
  first.page.on('load', () => heard++)
  await first.page.setViewportSize({ width: 500, height: 500 })
  await first.context.close()
  const second = await open()
  expect(second.context).toBe(first.context)
  expect(await stored(second.page)).toEqual([0, 0, '', 0, 0])
  expect([heard, second.page.viewportSize(), await second.page.goBack()]).toEqual([0, sizes.phone, null])
  await second.context.addInitScript(() => undefined)
  await second.context.close()
  const third = await open()
  expect(third.context).not.toBe(first.context)
  await third.context.close()
})

test('text that is hard to read is found wherever it lies, though text like it was sound elsewhere', async () => {
  const watched = await open()
  await expectSound(watched, 'sound')
  const faults = {
    after: '#after { color: #ccc }',
    over: 'i { background: #333 }',
    cell: 'b { background: #333 }',
    before: '#before { opacity: 0.2 }',
  }
  for (const [id, content] of Object.entries(faults)) {
    const style = await watched.page.addStyleTag({ content })
    const actual = [expect.stringContaining(`color-contrast #${id} `)]
    await expect(expectSound(watched, id)).rejects.toMatchObject({ actual })
    await style.evaluate((node) => (node as Element).remove())
  }
  await expectSound(watched, 'sound again')
  await watched.context.close()
})

const stored = (page: Page) =>
  page.evaluate(async () => [
    localStorage.length,
    sessionStorage.length,
    window.document.cookie,
    (await caches.keys()).length,
    (await indexedDB.databases()).length,
  ])
