import { expect, test } from 'vitest'
import { shareWork } from '../../../sync-server/couch/embedded/storage/share-work.ts'

function heldWork() {
  const runs: { finish(): void; fail(error: Error): void }[] = []
  const share = shareWork(() => new Promise((finish, fail) => runs.push({ finish, fail })))
  return { runs, share }
}

test('callers during a run wait for one more run, and all of them for the same', async () => {
  const { runs, share } = heldWork()
  const first = share()
  const late = [share(), share(), share()]
  expect(runs).toHaveLength(1)
  runs[0]?.finish()
  await first
  expect(runs).toHaveLength(2)
  runs[1]?.finish()
  await Promise.all(late)
  expect(runs).toHaveLength(2)
})

test('a run that fails fails those who shared it and nobody after', async () => {
  const { runs, share } = heldWork()
  const first = share()
  const second = share()
  runs[0]?.fail(new Error('disk'))
  await expect(first).rejects.toThrow('disk')
  await Promise.resolve()
  runs[1]?.finish()
  await second
  const third = share()
  runs[2]?.finish()
  await third
})
