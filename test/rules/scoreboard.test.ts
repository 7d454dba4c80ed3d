import { expect, test } from 'vitest'
import { outcome } from '../../functions/rules/outcome.ts'
import { scoreboardOf } from '../../functions/rules/scoreboard-of.ts'
import { scoreboardWords } from '../../functions/rules/scoreboard-words.ts'
import { atMinute, checkpointDocs, eventDoc, factMaker, planOf } from './make-facts.ts'

const make = factMaker('11')
const event = eventDoc()
const plan = planOf(event, checkpointDocs())
const board = (facts: Parameters<typeof outcome>[0]) => {
  const { card, verdicts } = outcome(facts, plan)
  return scoreboardOf({ event, checkpoints: plan.checkpoints, card: card!, verdicts, standings: [], language: 'en' })!
}

test('[SB8] a check-in that waits shows what it would add, and is not said to be beaten by another', () => {
  const waiting = { ...make.scanned('2', atMinute(60)), verified: false }
  const { rows, points } = board([make.entry(), make.scanned('1', atMinute(30)), waiting])
  const row = rows.find(({ checkpoint }) => checkpoint === '2')!
  expect(row).toMatchObject({ n: null, points: 0 })
  expect(row.pendingPoints).toBe(points.pending)
  expect(row.pendingPoints).toBeGreaterThan(0)
  expect(row.why).not.toContain(scoreboardWords.en.other)
})

test('[SB9] beside one that counts, another of the same place adds nothing and says so', () => {
  const later = { ...make.scanned('1', atMinute(95)), verified: false }
  const { rows, points } = board([make.entry(), make.scanned('1', atMinute(30)), later])
  const [counted, other] = rows.filter(({ checkpoint }) => checkpoint === '1')
  expect(counted).toMatchObject({ n: 1, pendingPoints: 0 })
  expect(other).toMatchObject({ n: null, points: 0, pendingPoints: 0 })
  expect(other?.why).toContain(scoreboardWords.en.other)
  expect(rows.reduce((sum, row) => sum + row.points, 0)).toBe(points.confirmed + points.provisional)
})
