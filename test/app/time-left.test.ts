import { expect, test } from 'vitest'
import { timeLeftMs } from '../../app/staff/time-left.ts'
import type { EventDoc } from '../../design-docs/plan.ts'

const minute = 60_000
const event = { classes: [{ id: 'three', startsAt: 1000 * minute, limitMinutes: 180 }] } as unknown as EventDoc
const card = { classIds: ['three'], goalAt: null }

test('counts down to the limit of the main class and goes on below zero', () => {
  expect(timeLeftMs(card, event, 1001 * minute)).toBe(179 * minute)
  expect(timeLeftMs(card, event, 1190 * minute)).toBe(-10 * minute)
})

test('says nothing before the start, in the goal, or without a plan', () => {
  expect(timeLeftMs(card, event, 999 * minute)).toBeNull()
  expect(timeLeftMs({ ...card, goalAt: 1 }, event, 1001 * minute)).toBeNull()
  expect(timeLeftMs(card, null, 1001 * minute)).toBeNull()
})
