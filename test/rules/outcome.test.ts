import { describe, expect, test } from 'vitest'
import { card as cardSchema, team as teamSchema, verdict as verdictSchema } from '../../design-docs/derived.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { atMinute, factMaker, north, planOf } from './make-facts.ts'

const plan = planOf()
const near = (number: string) => ({ ...north(plan.checkpoints.get(number)!, 10), accuracyMeters: 8 })

describe('a day of one team', () => {
  const make = factMaker()
  const first = make.recorded('1', atMinute(20), { position: near('1') })
  const facts = [
    make.entry(),
    make.scanned('ST', atMinute(-5)),
    first,
    make.photo(first),
    make.scanned('S1', atMinute(40)),
    make.scanned('GO', atMinute(182)),
  ]
  const { team, verdicts, card } = outcome(facts, plan)

  test('[SC1] every point and every penalty carries its reason', () => {
    expect(verdicts.map(({ checkpoint, status, points, reasons }) => [checkpoint, status, points, reasons])).toEqual([
      ['ST', 'AUTO_APPROVED', 0, ['ok']],
      ['1', 'AUTO_APPROVED', 10, ['ok']],
      ['S1', 'AUTO_APPROVED', 15, ['ok']],
      ['GO', 'AUTO_APPROVED', 0, ['ok']],
    ])
    expect(card?.points).toEqual({ confirmed: 0, provisional: 25, pending: 0, penalty: 20, adjustment: 0, net: 5 })
    expect(card?.lines).toEqual([{ kind: 'late', points: -20, minutes: 2 }])
    expect(card).toMatchObject({ startAt: atMinute(-5), goalAt: atMinute(182), lateMinutes: { a: 2 }, notPlaced: {} })
  })

  test('[JG1] the documents are those that the schemas of the databases ask for', () => {
    for (const verdict of verdicts) verdictSchema.parse(verdict)
    cardSchema.parse(card)
    teamSchema.parse(team)
  })

  test('[JG2] facts without an entry are kept as verdicts that wait for it', () => {
    const unknown = outcome(facts.slice(1), plan)
    expect(unknown).toMatchObject({ team: null, card: null })
    expect(unknown.verdicts.map(({ status, reasons }) => [status, reasons])).toEqual(
      Array(4).fill(['PENDING', ['unknown-team']]),
    )
  })
})
