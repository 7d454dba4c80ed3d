import { expect, test } from 'vitest'
import { createRepeatGuard } from '../../app/device/repeat-guard.ts'

test('a bib in sight is one scan, however often it is read', () => {
  const guard = createRepeatGuard(1500)
  expect(guard.accepts('A', 0)).toBe(true)
  for (let ms = 100; ms < 10_000; ms += 100) expect(guard.accepts('A', ms)).toBe(false)
})

test('another bib is a new scan at once', () => {
  const guard = createRepeatGuard(1500)
  guard.accepts('A', 0)
  expect(guard.accepts('B', 30)).toBe(true)
})

test('the same bib is a new scan after it was out of sight', () => {
  const guard = createRepeatGuard(1500)
  guard.accepts('A', 0)
  expect(guard.accepts('A', 1600)).toBe(true)
})

test('a bib still held there when the camera looks again is not scanned a second time', () => {
  const guard = createRepeatGuard(1500)
  guard.accepts('A', 0)
  guard.resume(60_000)
  expect(guard.accepts('A', 60_100)).toBe(false)
})
