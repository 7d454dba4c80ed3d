import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkinRows } from '../../functions/rules/checkin-rows.ts'
import { checkpointMatrix } from '../../functions/rules/checkpoint-matrix.ts'
import { legRows } from '../../functions/rules/legs.ts'
import { chooserOf, type ResultsFilter } from '../../functions/rules/results-filter.ts'
import { resultRows } from '../../functions/rules/results-table.ts'
import { isApproved } from '../../functions/rules/score.ts'
import { hardNames, hardResults, resultsOf } from '../exports/make-results.ts'
import { anyFacts, anyPlan } from './any-team.ts'
import { atMinute, minutes, start } from './make-facts.ts'

const results = hardResults()
const sum = (numbers: readonly number[]) => numbers.reduce((total, one) => total + one, 0)

describe('the rows of every format', () => {
  test('[XP1] a result has the figures of the ranking, when the team set off and came back, and why it has no place', () => {
    const rows = [...resultRows(results)]
    expect(rows.map(({ classId, team }) => `${classId} ${team}`)).toEqual(
      ['a', 'b'].flatMap((id) => results.rankings.get(id)!.rows.map(({ team }) => `${id} ${team}`)),
    )
    expect(rows.find(({ team }) => team === '13')).toMatchObject({
      ...{ name: '../', members: ['../ 一郎', '../'], status: 'placed', lateMinutes: 3, penalty: 30 },
      ...{ startedAt: start, goalAt: atMinute(183), usedMs: minutes(183) },
    })
    expect(rows.find(({ team }) => team === '16')).toMatchObject({ place: null, status: 'no-goal', usedMs: null })
    expect(rows.find(({ team }) => team === '15')).toMatchObject({ place: null, status: 'disqualified' })
    expect(rows.filter(({ team }) => team === '12').map(({ classId }) => classId)).toEqual(['a', 'b'])
    expect(new Set(rows.map(({ name }) => name))).toEqual(new Set(hardNames))
  })

  test('[XP2] whatever the day: matrix, check-ins and legs add up to the results', () => {
    const anyDay = anyPlan.chain((plan) => anyFacts(plan).map((facts) => resultsOf(facts, plan)))
    fc.assert(
      fc.property(anyDay, (day) => {
        const rows = [...resultRows(day)]
        const matrix = checkpointMatrix(day, rows)
        for (const { result, cells } of matrix.rows) {
          const standing = cells.filter((cell) => cell !== null).filter(isApproved)
          expect(sum(standing.map(({ points }) => points))).toBe(result.confirmed + result.provisional)
          expect(standing).toHaveLength(result.checkpoints)
        }
        const checkins = [...checkinRows(day, day.verdicts)]
        expect(checkins).toHaveLength(day.verdicts.length)
        for (const result of rows) {
          const own = checkins.filter(({ team, counts }) => team === result.team && counts)
          expect(sum(own.map(({ points }) => points))).toBe(result.confirmed + result.provisional)
          const legs = [...legRows(day)].filter(({ team }) => team === result.team)
          const starts = own.filter(({ checkpoint }) => day.checkpoints.get(checkpoint)?.kind === 'start')
          expect(legs).toHaveLength(own.length - Math.min(1, starts.length))
        }
      }),
      { numRuns: 60 },
    )
  })

  test('[XP3] a leg has its ends, its time, its straight line and the speed along it', () => {
    const [first, second] = [...legRows(results)].filter(({ team }) => team === '11')
    expect(first).toMatchObject({ leg: 1, from: { checkpoint: 'ST', at: start }, to: { checkpoint: 'S1' } })
    expect(first).toMatchObject({ usedMs: minutes(15), straightMeters: 500, speedKmh: 2 })
    expect(second).toMatchObject({ leg: 2, from: { checkpoint: 'S1' }, to: { checkpoint: '1' }, straightMeters: 500 })
  })

  test('[XP4] check-ins are by team and time, with names; one whose checkpoint is on no plan is there, too', () => {
    const rows = [...checkinRows({ ...results, checkpoints: new Map() }, results.verdicts.toReversed())]
    expect(rows.slice(0, 3).map(({ team, checkpoint }) => `${team} ${checkpoint}`)).toEqual(['11 ST', '11 S1', '11 1'])
    expect(rows[0]).toMatchObject({ teamName: `O'Brien`, classNames: [{ ja: 'A' }], checkpointName: null })
  })
})

describe('what of the results is meant', () => {
  const teamsBy = (filter: ResultsFilter) => {
    const chooser = chooserOf(filter, results)
    return [...resultRows(results)].filter(chooser.result).map(({ classId, team }) => `${classId}${team}`)
  }
  const checkinsBy = (filter: ResultsFilter) => {
    const chooser = chooserOf(filter, results)
    return [...checkinRows(results, results.verdicts)].filter(chooser.checkin)
  }

  test('[XP5] class, how a team ended, words in any width, and marks as they are', () => {
    expect(teamsBy({ classId: 'b' })).toEqual(['b12'])
    expect(teamsBy({ result: 'disqualified' })).toEqual(['a15'])
    expect(teamsBy({ result: 'no-place' }).toSorted()).toEqual(['a15', 'a16'])
    expect(teamsBy({ words: '高崎', classId: 'a' })).toEqual(['a12'])
    expect(teamsBy({ words: '../' })).toEqual(['a13'])
    expect(teamsBy({ words: 'ｏ’ｂｒｉｅｎ' })).toEqual(['a11'])
    expect(teamsBy({ words: 'nobody' })).toEqual([])
    expect(teamsBy({})).toHaveLength(hardNames.length + 1)
  })

  test('[XP6] status and checkpoint choose among check-ins, and teams by what they have', () => {
    expect(checkinsBy({ status: 'PENDING' }).every(({ checkpoint }) => checkpoint === '3')).toBe(true)
    expect(checkinsBy({ status: 'REJECTED', checkpoint: '2' })).toHaveLength(hardNames.length)
    expect(checkinsBy({ checkpoint: 'GO', classId: 'b' }).map(({ team }) => team)).toEqual(['12'])
    expect(teamsBy({ checkpoint: 'GO' })).not.toContain('a16')
    const legs = [...legRows(results)].filter(chooserOf({ checkpoint: '1' }, results).leg)
    expect(legs.every(({ from, to }) => from.checkpoint === '1' || to.checkpoint === '1')).toBe(true)
    expect(legs).toHaveLength(2 * hardNames.length)
  })
})
