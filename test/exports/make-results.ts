import type { Card, Ranking, Verdict } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { rank } from '../../functions/rules/rank.ts'
import type { ResultsSource } from '../../functions/rules/results-table.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'
import { atMinute, checkpointDocs, eventDoc, factMaker, planOf } from '../rules/make-facts.ts'

export type MadeResults = ResultsSource & { verdicts: Verdict[]; facts: Fact[] }

/** Names that formats of the past have spoilt. */
export const hardNames = [`O'Brien`, '髙﨑', '../', '=1+1', '𠮷野家', `'=quoted`, 'a,b;"c"\nd', '<b>&amp;</b>'] as const

/** Results from the facts of any number of teams, by the rules themselves. */
export function resultsOf(facts: readonly Fact[], plan: RulesPlan): MadeResults {
  const teams = [...new Set(facts.map(({ team }) => team!))]
  const outcomes = teams.map((team) => outcome(of(facts, team), plan))
  const cards = outcomes.flatMap(({ card }) => card ?? [])
  const { event, checkpoints } = plan
  return {
    event,
    checkpoints,
    cards: new Map(cards.map((card): [string, Card] => [card.team, card])),
    verdicts: outcomes.flatMap(({ verdicts }) => verdicts),
    rankings: new Map(event.classes.map(({ id }): [string, Ranking] => [id, rank(id, cards, event)])),
    facts: [...facts],
  }
}

const of = (facts: readonly Fact[], team: string) => facts.filter((fact) => fact.team === team)

/**
 * A small event with everything in it: teams 11–18 of the hard names, confirmed, provisional, pending and rejected
 * check-ins, lateness, adjustments, one without a goal, one disqualified, one in both classes.
 */
export function hardResults(event: EventDoc = eventDoc()): MadeResults {
  const facts = hardNames.flatMap((name, n) => factsOf(String(11 + n), name, n))
  return resultsOf(facts, planOf(event, checkpointDocs()))
}

function factsOf(team: string, name: string, n: number): Fact[] {
  const make = factMaker(team)
  const facts: Fact[] = [
    make.entry({
      name,
      classIds: n === 1 ? ['a', 'b'] : ['a'],
      members: [
        { id: 'm1', name: `${name} 一郎` },
        { id: 'm2', name },
      ],
    }),
    make.scanned('ST', atMinute(0)),
    make.scanned('S1', atMinute(15)),
    make.scanned('1', atMinute(30 + n)),
    make.scanned('2', atMinute(60 + n)),
    make.recorded('3', atMinute(90 + n)),
    make.scanned('2', atMinute(65 + n)),
  ]
  if (n % 2 === 0) facts.push(make.review(facts[4]!, 'APPROVED'))
  if (n === 3) facts.push(make.make('adjustment', { at: atMinute(200), points: -10, reason: '=cheat', as: 'judge' }))
  if (n === 4)
    facts.push(make.make('ruling', { at: atMinute(200), status: 'disqualified', reason: 'car', as: 'judge' }))
  if (n !== 5) facts.push(make.scanned('GO', atMinute(n === 2 ? 183 : 170 + n / 2)))
  return facts
}
