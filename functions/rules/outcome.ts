import type { Card, TeamDoc, Verdict } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { cardOf } from './card-of.ts'
import { judgeTeam } from './judge-team.ts'
import type { RulesPlan } from './rules-plan.ts'
import { takenIn } from './taken-in.ts'
import { teamOf } from './team-of.ts'
import { timeline } from './timeline.ts'
import { voidedFacts } from './void-facts.ts'

/** A team without an entry has verdicts that wait for it, and nothing else yet. */
export type Outcome = { team: TeamDoc | null; verdicts: Verdict[]; card: Card | null }

/**
 * Team, verdicts (in order of time) and card from all facts of one team. The same facts and plan give deeply equal
 * documents in whatever order the facts come; a check-in that was voided has no verdict.
 */
export function outcome(facts: readonly Fact[], plan: RulesPlan): Outcome {
  const voided = voidedFacts(facts)
  const standing = timeline(facts).filter(({ fact }) => !voided.has(fact._id))
  const team = teamOf(standing)
  const verdicts = judgeTeam(standing, team, { plan })
  return { team, verdicts, card: team && cardOf(team, verdicts, { standing, plan, tags: takenIn(facts) }) }
}
