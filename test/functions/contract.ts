import { describe, expect, test } from 'vitest'
import { parseDatabaseName } from '../../design-docs/databases.ts'
import type { FunctionSpec } from '../../functions/define.ts'
import { type OpenEvent, openEvent } from '../feed/support/open-event.ts'
import { settleDown, smallDay, type WritableFact } from './scenario.ts'

/** A day that all functions have worked through, and what there is then; each test leaves it so. */
export type SettledDay = { it: OpenEvent; day: Day; expected: string[] }
type Day = Awaited<ReturnType<typeof smallDay>>

export async function settledDay(): Promise<SettledDay> {
  const day = await smallDay()
  const it = await begin(day)
  await it.write('log', day.facts)
  const runner = await it.run()
  await settleDown(it, runner)
  expect(runner.parked()).toEqual([])
  const expected = await it.snapshot()
  await runner.stop()
  return { it, day, expected }
}

async function begin({ files, plan }: Day): Promise<OpenEvent> {
  const event = await openEvent()
  for (const [key, bytes] of files) event.files.set(key, bytes)
  await event.write('desk', plan)
  return event
}

/** What every function promises the runner, whatever it computes; the others run beside it. */
export function functionContract(spec: FunctionSpec, settled: () => SettledDay): void {
  describe(`contract of ${spec.name}`, () => {
    test('[FN1] twice is once: replayed from zero it writes nothing', async () => {
      const { it, expected } = settled()
      expect(expected.length).toBeGreaterThan(20)
      const runner = await it.run()
      it.batches.length = 0
      await runner.replay(spec.name)
      await settleDown(it, runner)
      await runner.stop()
      const own = it.batches.filter((batch) => batch.function === spec.name)
      expect(own.reduce((sum, { unchanged }) => sum + unchanged, 0)).toBeGreaterThan(0)
      expect(own.reduce((sum, { written }) => sum + written, 0)).toBe(0)
      expect(await it.snapshot()).toEqual(expected)
    })

    test('[FN2] replayed from zero it makes again what was taken away', async () => {
      const { it, expected } = settled()
      const gone = await removeOwn(it, spec)
      expect(gone).toBeGreaterThan(0)
      const runner = await it.run()
      await runner.replay(spec.name)
      await settleDown(it, runner)
      await runner.stop()
      expect(await it.snapshot()).toEqual(expected)
    })

    test('[FN3] killed between effects and position it comes to the same', async () => {
      const { day, expected } = settled()
      const other = await begin(day)
      try {
        const position = `position:${other.event}:${spec.name}`
        other.link.cutAt(({ ids }) => ids.includes(position), 'before')
        await other.write('log', day.facts)
        const first = await other.run()
        await expect.poll(() => other.said.length, { timeout: 10_000 }).toBeGreaterThan(0)
        await first.stop()
        expect(await other.couch.database('zk-office').get(position)).toBeNull()
        other.link.restore()
        const second = await other.run()
        await settleDown(other, second)
        expect(await other.snapshot()).toEqual(expected)
      } finally {
        await other.close()
      }
    })
  })
}

/** All of them together come to the same whatever comes first. */
export function orderContract(settled: () => SettledDay): void {
  test('[FN4] the order in which facts come makes no difference', async () => {
    const { day, expected } = settled()
    const other = await begin(day)
    try {
      const runner = await other.run()
      for (const part of portions(day.facts.toReversed(), 5)) {
        await other.write('log', part)
        await runner.drain()
      }
      await settleDown(other, runner)
      expect(await other.snapshot()).toEqual(expected)
    } finally {
      await other.close()
    }
  })
}

/** Takes away every document that the function says is its own; answers how many. */
async function removeOwn(it: OpenEvent, spec: FunctionSpec): Promise<number> {
  let gone = 0
  for (const name of await it.couch.names()) {
    const parsed = parseDatabaseName(name)
    if (parsed?.event !== it.event || parsed.kind === 'log') continue
    const rows = await it.couch.database(name).all()
    const own = rows.filter(({ id }) => !id.startsWith('_design/') && spec.owns?.(parsed.kind, id))
    await it.couch.database(name).bulk(own.map(({ id, rev }) => ({ _id: id, _rev: rev, _deleted: true })))
    gone += own.length
  }
  return gone
}

function portions(facts: readonly WritableFact[], size: number): WritableFact[][] {
  return Array.from({ length: Math.ceil(facts.length / size) }, (_, n) => facts.slice(n * size, (n + 1) * size))
}
