import { randomBytes } from 'node:crypto'
import { afterEach, expect, test } from 'vitest'
import { ulid } from '../../design-docs/ids.ts'
import type { StationsPage } from '../../design-docs/stations.ts'
import { openEntries } from '../support/open-entries.ts'
import { startZekken, type Zekken } from '../support/start-zekken.ts'
import { type MailServer, startMailServer } from './support/mail-server.ts'

const budget = 30
let zekken: Zekken | undefined
let server: MailServer | undefined
afterEach(async () => {
  delete process.env.SMTP_URLS
  await zekken?.end()
  await server?.kill()
})

async function enter(on: Zekken, n: number): Promise<void> {
  const members = [{ name: '髙﨑 美咲', kana: 'たかさき みさき' }]
  const entry = { name: `隊 ${n}`, mail: `team${n}@example.org`, classIds: ['three'], members }
  await on.post(`/api/events/${on.event}/entries`, { draft: ulid(Date.now(), randomBytes(10)), entry, language: 'ja' })
}

test('[PO46] a server killed while it sends has spent what it reserved: with the next start, too, its budget holds', async () => {
  const held: (() => void)[] = []
  let isSlow = true
  server = await startMailServer({
    hold: () => (isSlow ? new Promise<void>((resolve) => held.push(resolve)) : Promise.resolve()),
  })
  const { arrived } = server
  process.env.SMTP_URLS = `smtp://alpha:pw@127.0.0.1:${server.port}?from=alpha@run.example&mailsPerDay=${budget}`
  zekken = await startZekken()
  await openEntries(zekken, { firstNumber: 201 })
  for (let n = 0; n < 20; n++) await enter(zekken, n)
  // Some go out, then it dies with mails under way and a block begun.
  for (let n = 0; n < 4; n++) {
    await expect.poll(() => held.length, { timeout: 20_000 }).toBeGreaterThan(0)
    held.shift()?.()
    await expect.poll(() => arrived.length, { timeout: 20_000 }).toBeGreaterThan(n)
  }
  await expect.poll(() => held.length, { timeout: 20_000 }).toBe(2)
  await zekken.stop('SIGKILL')
  isSlow = false
  for (const go of held) go()
  await expect.poll(() => arrived.length).toBe(6)
  await zekken.start()
  for (let n = 20; n < 40; n++) await enter(zekken, n)
  const page = async () => (await zekken?.get(`/api/events/${zekken.event}/stations`)) as StationsPage
  await expect.poll(async () => (await page()).forecast.mailsLeft, { timeout: 20_000 }).toBe(0)
  expect(arrived.length).toBeLessThanOrEqual(budget)
  // What was lost with the process is less than the block that it had reserved.
  expect(arrived.length).toBeGreaterThanOrEqual(budget - 12)
  // Only what was under way arrived twice, and under the same Message-ID.
  const byMail = Map.groupBy(arrived, ({ to }) => to)
  const doubles = [...byMail.values()].filter((some) => some.length > 1)
  expect(doubles.length).toBeLessThanOrEqual(3)
  for (const some of doubles) expect(new Set(some.map(({ messageId }) => messageId)).size).toBe(1)
}, 120_000)
