import { expect, test } from 'vitest'
import { createHeldClaims } from '../../app/admin/desk/held-claims.ts'

function claims() {
  let now = 1000
  let timer: { at: number; then: () => void } | null = null
  const held = createHeldClaims({
    device: 'mine',
    now: () => now,
    after(ms, then) {
      const own = { at: now + ms, then }
      timer = own
      return () => {
        if (timer === own) timer = null
      }
    },
  })
  const pass = (ms: number) => {
    now += ms
    const due = timer
    if (!due || due.at > now) return
    timer = null
    due.then()
  }
  return { ...held, pass, names: () => [...held.held.value.keys()] }
}
const claim = (checkin: string, until: number, device = 'other') => ({ checkin, by: 'judge', device, until })

test('[CB25] what others look at comes and goes with the feed; this device is left out', () => {
  const board = claims()
  board.replace([claim('a', 9000), claim('b', 9000, 'mine')])
  expect(board.names()).toEqual(['a'])
  board.change({ held: [claim('c', 9000)], released: ['a'] })
  expect(board.names()).toEqual(['c'])
  board.replace([])
  expect(board.names()).toEqual([])
})

test('[CB25] a claim runs out by itself, a renewed one later', () => {
  const board = claims()
  board.replace([claim('a', 2000), claim('b', 3000)])
  board.change({ held: [claim('b', 5000)], released: [] })
  board.pass(1001)
  expect(board.names()).toEqual(['b'])
  board.pass(3000)
  expect(board.names()).toEqual([])
  board.replace([claim('old', 10)])
  expect(board.names()).toEqual([])
})
