import type { PlanEffect } from '../../design-docs/console.ts'
import type { Decision } from '../../design-docs/decisions.ts'
import type { Card } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { subjectOf } from '../../design-docs/ids.ts'
import { type Outcome, outcome } from '../../functions/rules/outcome.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'
import type { Couch } from '../couch/client.ts'
import { decisionFact } from '../results/decision-fact.ts'
import { factsOfTeam } from '../results/evidence.ts'
import { effectOf } from '../results/plan-effect.ts'
import type { Deciding } from '../results/write-decision.ts'
import { moveFacts } from './move-facts.ts'

/**
 * What decisions would do to the results, before any is made: the teams concerned are judged from their facts with and
 * without, and everybody is ranked by both. Nothing is written.
 */
export async function decisionEffect(
  couch: Couch,
  decisions: readonly Decision[],
  by: Deciding & { plan: RulesPlan },
): Promise<PlanEffect> {
  const { plan, event, view } = by
  const made: Fact[] = []
  for (const decision of decisions) {
    if (decision.kind === 'move') {
      const { checkin, photos, undo } = await moveFacts(couch, decision, by)
      made.push(checkin, ...photos, undo)
    } else made.push(decisionFact(decision, by.author, by))
  }
  const teams = [...new Set(made.map(({ _id }) => subjectOf(_id)))].filter((team) => view.teams.has(team))
  const judged: { before: Outcome; after: Outcome }[] = []
  for (const team of teams) {
    const facts = await factsOfTeam(couch, event, team)
    const more = made.filter(({ _id }) => subjectOf(_id) === team)
    judged.push({ before: outcome(facts, plan), after: outcome([...facts, ...more], plan) })
  }
  const untouched = [...view.cards.values()].filter(({ team }) => !teams.includes(team))
  const same = untouched.map((card: Card) => {
    const standing: Outcome = { team: null, verdicts: [], card }
    return { before: standing, after: standing }
  })
  // What judges decide may be decided in frozen results, too: it is the plan that must not move them.
  return { ...effectOf([...judged, ...same], { before: plan.event, after: plan.event }), blocked: false }
}
