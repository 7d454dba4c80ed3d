import { afterEach, beforeEach, expect, test } from 'vitest'
import { develop } from '../../functions/develop.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { followReplay, linesType, type ReplayLine } from '../../sync-server/operations/follow-replay.ts'
import { operationRoutes } from '../../sync-server/operations/operation-routes.ts'
import { replayProgress } from '../../sync-server/operations/replay-progress.ts'
import { drawn } from '../functions/scenario.ts'
import { factMaker } from '../rules/make-facts.ts'
import { type OpenEvent, openEvent } from './support/open-event.ts'

let it: OpenEvent
beforeEach(async () => {
  it = await openEvent()
})
afterEach(() => it.close())

test('[RP1] a replay that is followed says how much is left, less and less, and at how many events it ended', async () => {
  const { photo: photoOf, make } = factMaker('12')
  const bytes = await drawn(2400, 1800, 'red')
  const facts: CouchDoc[] = []
  for (let n = 0; n < 40; n++) {
    const photo = photoOf(null)
    const storageKey = `original-${n}`
    it.files.set(storageKey, bytes)
    facts.push(photo as CouchDoc, make('original', { at: n, photo: photo._id, storageKey, as: 'server' }) as CouchDoc)
  }
  await it.write('log', facts)
  const runner = await it.run({ functions: [develop] })
  await runner.drain()
  await runner.replay('develop')
  const answer = followReplay(runner, { name: 'develop', events: 1, everyMs: 20 })
  const lines = (await answer.text())
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as ReplayLine)
  expect(lines.at(-1)).toEqual({ events: 1 })
  const left = lines.slice(0, -1).map((line) => ('left' in line ? line.left : Number.NaN))
  expect(left.length).toBeGreaterThan(0)
  expect(Math.max(...left)).toBeGreaterThan(0)
  const most = left.indexOf(Math.max(...left))
  expect(left.slice(most)).toEqual(left.slice(most).sort((a, b) => b - a))
})

test('[RP1] whoever stops listening ends nothing, and nothing breaks when the replay is over', async () => {
  const over = Promise.withResolvers<void>()
  const runner = { status: () => [], drain: () => over.promise }
  const answer = followReplay(runner, { name: 'develop', events: 1, everyMs: 1 })
  await answer.body!.cancel()
  const broken: unknown[] = []
  const note = (error: unknown) => void broken.push(error)
  process.on('unhandledRejection', note)
  over.resolve()
  await new Promise((resolve) => setImmediate(resolve))
  process.off('unhandledRejection', note)
  expect(broken).toEqual([])
})

test('[RP1] over the route it comes in lines for whoever asks for them, and as one answer for others', async () => {
  const runner = await it.run({ functions: [develop] })
  const asked = async (accept: string) => {
    const headers = { 'content-type': 'application/json', accept }
    const body = JSON.stringify({ function: 'develop' })
    const answer = await operationRoutes(runner).request('/replay', { method: 'POST', headers, body })
    return [answer.headers.get('content-type'), (await answer.text()).trim().split('\n').at(-1)]
  }
  expect(await asked(linesType)).toEqual([linesType, '{"events":1}'])
  expect(await asked('*/*')).toEqual(['application/json', '{"events":1}'])
})

test('[RP2] what is left is told in percent and time, as soon as anybody can tell', () => {
  const progress = replayProgress()
  expect([progress(0, 0), progress(2000, 1000), progress(2000, 1500)]).toEqual([null, null, null])
  expect(progress(1500, 11_000)).toBe('25 % (500 of 2000), 30 s left')
  // More came meanwhile: the whole is larger than it seemed.
  expect(progress(4000, 12_000)).toBeNull()
  expect(progress(3000, 112_000)).toBe('25 % (1000 of 4000), 5 min left')
  expect(progress(0, 400_000)).toBe('100 % (4000 of 4000), 0 s left')
})
