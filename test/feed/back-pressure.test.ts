import { afterEach, beforeEach, expect, test } from 'vitest'
import { defineFunction } from '../../functions/define.ts'
import { factMaker } from '../rules/make-facts.ts'
import { type CountingCouch, counting } from './support/counting-couch.ts'
import { type OpenEvent, openEvent } from './support/open-event.ts'

const pageSize = 200
const keptPages = 16

let it: OpenEvent
let couch: CountingCouch
let first: ReturnType<typeof gate>
beforeEach(async () => {
  it = await openEvent()
  couch = counting(it.couch, `zk-${it.event}-log`)
  first = gate()
})
afterEach(async () => {
  first.open()
  await it.close()
})

/** As many as fill these pages together with the log's own design document. */
async function fillPages(pages: number): Promise<number> {
  const count = pages * pageSize - 1
  for (let from = 0; from < count; from += 1000) {
    const numbers = Array.from({ length: Math.min(1000, count - from) }, (_, n) => `${from + n + 1}`)
    await it.write(
      'log',
      numbers.map((number) => factMaker(number).entry()),
    )
  }
  return count
}

/** A function that is told when it may go on, and the teams of each of its calls. */
function probe(name: string, mayGoOn: () => Promise<void> = async () => {}) {
  const calls: string[][] = []
  const spec = defineFunction({
    name,
    on: { log: ['entry'] },
    key: (doc) => doc.team ?? null,
    slice: 10_000,
    async handle(teams) {
      calls.push([...teams])
      await mayGoOn()
      return []
    },
  })
  return { spec, calls }
}

/** Stops its caller until it is opened, and says when someone has come. */
function gate() {
  const came = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  const pass = async () => {
    came.resolve()
    await opened.promise
  }
  return { pass, came: came.promise, open: opened.resolve }
}

/** Long enough for a reader who does not wait to read on: each answer of the database is a turn of everyone. */
async function letOthersRead(): Promise<void> {
  for (let n = 0; n < 30; n++) await it.couch.database(`zk-${it.event}-log`).changes({ since: 0, limit: pageSize })
}

test('[RUN23] a slow function reads a long log page after page, none before the one under work is done', async () => {
  await fillPages(5)
  const readAtCall: number[] = []
  const slow = probe('slow', async () => {
    readAtCall.push(couch.pages.length)
    await first.pass()
  })
  const runner = await it.run({ functions: [slow.spec], couch })
  await first.came
  await letOthersRead()
  expect(couch.pages.length).toBeLessThanOrEqual(2)
  first.open()
  await runner.drain()
  expect(slow.calls.map((teams) => teams.length)).toEqual([pageSize - 1, ...Array(4).fill(pageSize)])
  for (const [call, read] of readAtCall.entries()) expect(read).toBeLessThanOrEqual(call + 2)
  expect(couch.pages).toEqual(Array(5).fill({ changes: pageSize, limit: pageSize }))
})

test('[RUN24] a slow function holds up no other, costs a bounded memory meanwhile, and misses nothing', {
  timeout: 90_000,
}, async () => {
  const pages = 3 * keptPages
  const entries = await fillPages(pages)
  const slow = probe('slow', first.pass)
  const fast = probe('fast')
  const runner = await it.run({ functions: [slow.spec, fast.spec], couch })
  await first.came
  await expect.poll(() => new Set(fast.calls.flat()).size, { timeout: 30_000 }).toBe(entries)
  expect(couch.pages.length).toBeGreaterThanOrEqual(pages)
  // Those kept for others, the one under work and the one that is being let go of.
  expect(await couch.held()).toBeLessThanOrEqual(keptPages + 2)
  first.open()
  await runner.drain()
  const seen = slow.calls.flat()
  expect(seen).toHaveLength(entries)
  expect(new Set(seen).size).toBe(entries)
  expect(Math.max(...slow.calls.map((teams) => teams.length))).toBeLessThanOrEqual(1000)
})
