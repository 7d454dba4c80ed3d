import { type Caller, mayAuthor } from '../../design-docs/access.ts'
import type { Decision } from '../../design-docs/decisions.ts'
import { AppError } from '../../design-docs/errors.ts'
import type { Fact, FactType } from '../../design-docs/facts.ts'
import { fact as factSchema } from '../../design-docs/facts.ts'
import { factId, subjectOf } from '../../design-docs/ids.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { serverClaim } from '../setup/server-claim.ts'
import type { DeskView } from './desk-view.ts'

/** A decision that becomes one fact; a move becomes several. */
export type FactDecision = Exclude<Decision, { kind: 'move' }>

/**
 * The fact that a decision at the desk becomes. It is authored by the person, in the weightiest role that may, and
 * timed by the server's clock less the decision's age. ZK-AUTH-002 when none of the roles may.
 */
export function decisionFact(
  decision: FactDecision,
  author: Caller,
  world: { view: DeskView; event: string; nowMs: number },
): Fact {
  const subject = subjectFor(decision)
  const team = subject === 'staff' ? undefined : subject
  const as = roleFor(author.roles, decision.kind, team)
  const decidedAt = world.nowMs - decision.ageMs
  const claim = { ...serverClaim(world.event, decidedAt), by: author.account, as, device: author.device }
  const head = {
    _id: factId(subject, decision.kind, decision.id),
    type: decision.kind,
    ...claim,
    ...(team && { team }),
  }
  return factSchema.parse({ ...head, ...contentOf(decision, world.view, decidedAt) })
}

/** The team that a decision is about, or `staff`. */
const subjectFor = (decision: FactDecision): string => {
  if (decision.kind === 'review') return subjectOf(decision.checkin)
  if (decision.kind === 'void') return subjectOf(decision.fact)
  return decision.kind === 'notice' ? 'staff' : decision.team
}

const byWeight: readonly Role[] = ['admin', 'judge', 'core']

/** The weightiest of somebody's roles that may author such a fact; ZK-AUTH-002 when none may. */
export function roleFor(roles: readonly Role[], type: FactType, team: string | undefined): Role {
  const as = byWeight.find((role) => roles.includes(role) && mayAuthor(role, type, team, []))
  if (!as) throw new AppError('ZK-AUTH-002')
  return as
}

function contentOf(decision: FactDecision, view: DeskView, decidedAt: number): Record<string, unknown> {
  switch (decision.kind) {
    case 'review':
      return {
        checkin: decision.checkin,
        action: decision.action,
        ...(decision.comment && { comment: decision.comment }),
      }
    case 'void':
      return { fact: decision.fact, reason: decision.reason }
    case 'adjustment':
      return { points: decision.points, reason: decision.reason }
    case 'ruling':
      return { status: decision.status, reason: decision.reason }
    case 'timing':
      return { kind: decision.of, is: decision.is, reason: decision.reason }
    case 'back':
      return decision.note ? { note: decision.note } : {}
    case 'retire':
      return { reason: decision.reason }
    case 'notice': {
      const { title, body, audience, expiresAt, urgent, publishAt = decidedAt } = decision
      return { title, body, audience, urgent, publishAt, ...(expiresAt !== undefined && { expiresAt }) }
    }
    case 'chat': {
      const { text, replyTo } = decision
      return { kind: replyTo === undefined ? 'text' : 'answer', text, ...(replyTo !== undefined && { replyTo }) }
    }
    case 'read':
      return { messages: decision.messages }
    case 'handling':
      return { step: decision.step, ...(decision.to !== undefined && { to: decision.to }) }
    case 'correction':
      return { field: decision.field, was: fieldOf(view, decision.team, decision.field), is: decision.is }
  }
}

type Correctable = Extract<Decision, { kind: 'correction' }>['field']

function fieldOf(view: DeskView, number: string, field: Correctable): unknown {
  const team = view.teams.get(number)
  if (!team) throw new AppError('ZK-PLAN-004', { figures: { team: number } })
  if (field === 'bibIssue') return team.bibs.issue
  if (field === 'revokedBibs') return team.bibs.revoked
  return team[field] ?? ''
}
