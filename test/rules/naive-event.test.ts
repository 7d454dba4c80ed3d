import { isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import type { RankingRow } from '../../design-docs/derived.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { rank } from '../../functions/rules/rank.ts'
import { rankOverall } from '../../functions/rules/rank-overall.ts'
import { anyEvent } from './any-event.ts'
import { naiveOutcome } from './naive-outcome.ts'
import { naiveOverall, naiveRank } from './naive-rank.ts'

/** What came up in all of them, so that none of it is left untried by accident. */
const seen = new Map<string, number>()
const note = (what: string, times = 1) => seen.set(what, (seen.get(what) ?? 0) + times)

/** The matcher tells where two rankings differ, and takes ten times as long to find that they do not. */
function same(rows: readonly RankingRow[], plain: readonly RankingRow[], which: string): void {
  if (!isDeepStrictEqual(rows, plain)) expect(rows, which).toEqual(plain)
}

function compare(seed: number): void {
  const { plan, teams } = anyEvent(seed)
  const cards = teams.map((facts) => outcome(facts, plan).card!)
  const naive = teams.map((facts) => naiveOutcome(facts, plan))
  const { event } = plan
  for (const { id } of event.classes) {
    const { rows } = rank(id, cards, event)
    same(rows, naiveRank(id, naive, event), `class ${id}`)
    for (const row of rows) note(row.notPlaced ?? 'placed')
    note('shared', rows.filter(({ place }, i) => place !== null && place === rows[i - 1]?.place).length)
    note('late', rows.filter(({ penalty }) => penalty > 0).length)
    note('own start', rows.filter(({ startShiftMs }) => startShiftMs !== undefined).length)
    note('adjusted', rows.filter(({ adjustment }) => adjustment !== 0).length)
    note('confirmed', rows.filter(({ confirmed }) => confirmed > 0).length)
    note('pending', rows.filter(({ pending }) => pending > 0).length)
    if (id === 'w' || id === 'v') note('fits', rows.length)
  }
  const { rows } = rankOverall(cards, event)
  same(rows, naiveOverall(naive, event), 'overall')
  note('left out', cards.length - rows.length)
  rows.forEach((row, i) => {
    const before = rows[i - 1]
    if (row.place !== null && row.place === before?.place && row.goalAt !== before.goalAt) note('by own start')
  })
}

describe('whole events, ranked by the rules and once more by a plain reading of them', () => {
  const perTest = 500
  for (const first of [1, 501, 1001, 1501]) {
    test(`[RK10] seeds ${first} to ${first + perTest - 1} give the same rankings by class and overall`, () => {
      for (let seed = first; seed < first + perTest; seed++) {
        try {
          compare(seed)
        } catch (error) {
          throw new Error(`seed ${seed}: ${error instanceof Error ? error.message : error}`, { cause: error })
        }
      }
    })
  }

  test('[RK11] among them is everything that the rules speak of', () => {
    const asked = [
      'placed',
      'no-goal',
      'too-late',
      'not-placed',
      'retired',
      'withdrawn',
      'disqualified',
      'shared',
      'late',
    ]
    const more = ['own start', 'adjusted', 'confirmed', 'pending', 'fits', 'left out', 'by own start']
    const untried = [...asked, ...more].filter((what) => (seen.get(what) ?? 0) < 5)
    expect(untried, JSON.stringify([...seen])).toEqual([])
  })
})
