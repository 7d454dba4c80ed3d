import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Round } from '../../design-docs/runner-docs.ts'
import { nextSlice, startRound } from '../../sync-server/feed/walk-round.ts'

test('[RO1] after the last start every team is walked, whenever the walk was asked to start again', () => {
  const teamList = fc.uniqueArray(fc.stringMatching(/^[A-Z0-9]{1,4}$/), { maxLength: 40 }).map((list) => list.sort())
  fc.assert(
    fc.property(
      teamList,
      fc.integer({ min: 1, max: 7 }),
      fc.array(fc.nat(30), { maxLength: 5 }),
      (teams, size, starts) => {
        let round: Round | undefined = startRound(undefined)
        let walked = new Set<string>()
        let steps = 0
        const startAt = new Set(starts)
        while (round) {
          const { slice, left } = nextSlice(round, teams, size)
          expect(slice.length).toBeLessThanOrEqual(size)
          for (const team of slice) walked.add(team)
          round = left
          if (startAt.has(steps++)) {
            round = startRound(round)
            walked = new Set()
          }
          expect(steps).toBeLessThan(500)
        }
        expect([...walked].sort()).toEqual(teams)
      },
    ),
  )
})

test('[RO2] asked to start again and again, a walk still reaches the last team', () => {
  const teams = Array.from({ length: 30 }, (_, n) => String(100 + n))
  let round: Round | undefined = startRound(undefined)
  const walked = new Set<string>()
  for (let step = 0; step < 20; step++) {
    const { slice, left } = nextSlice(round as Round, teams, 3)
    for (const team of slice) walked.add(team)
    round = startRound(left)
  }
  expect(walked.size).toBe(30)
})
