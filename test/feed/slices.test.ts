import { afterEach, beforeEach, expect, test } from 'vitest'
import type { FunctionSpec } from '../../functions/define.ts'
import { type OpenEvent, openEvent } from './support/open-event.ts'
import { entryOf, probe, teams } from './support/probe.ts'

let it: OpenEvent
beforeEach(async () => {
  it = await openEvent()
})
afterEach(() => it.close())

test('[RUN8] a walk through all teams goes in slices and lets a new change pass', async () => {
  const { spec, calls } = probe({ plan: true, slice: 4 })
  const held = Promise.withResolvers<void>()
  const begun = Promise.withResolvers<void>()
  let walking = false
  const slow: FunctionSpec = {
    ...spec,
    async handle(keys, ctx) {
      const effects = await spec.handle(keys, ctx)
      if (walking && calls.length === 3) {
        begun.resolve()
        await held.promise
      }
      return effects
    },
  }
  await it.write('log', teams(40).map(entryOf))
  const runner = await it.run({ functions: [slow] })
  await runner.drain()
  calls.length = 0
  walking = true
  await it.database('desk').put({ ...(await it.database('desk').get('event'))!, phase: 'closed' })
  await begun.promise
  expect(runner.status()).toMatchObject([{ walking: true }])
  await it.write('log', [entryOf('7')])
  held.resolve()
  await runner.drain()
  const walked = calls.flat()
  expect(walked.indexOf('7')).toBeGreaterThan(0)
  expect(walked.indexOf('7')).toBeLessThan(30)
  expect(new Set(walked)).toEqual(new Set([...teams(40), '7']))
  expect(Math.max(...calls.map((keys) => keys.length))).toBe(4)
})

test('[RUN8] a walk that a crash has interrupted goes on where it was', async () => {
  const { spec, calls } = probe({ plan: true, slice: 4 })
  await it.write('log', teams(40).map(entryOf))
  const runner = await it.run({ functions: [spec] })
  await runner.drain()
  calls.length = 0
  let slices = 0
  it.link.cutAt((write) => write.ids.some((id) => id.startsWith('position:')) && ++slices === 6, 'after')
  await it.database('desk').put({ ...(await it.database('desk').get('event'))!, phase: 'closed' })
  await expect.poll(() => it.said.some((line) => line.includes('tried again'))).toBe(true)
  await runner.stop()
  it.link.restore()
  const before = calls.length
  expect(before).toBeLessThan(8)
  const again = await it.run({ functions: [spec] })
  await again.drain()
  expect(new Set(calls.flat())).toEqual(new Set(teams(40)))
  expect(calls.length).toBeLessThan(13)
})
