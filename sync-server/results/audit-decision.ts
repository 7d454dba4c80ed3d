import { office } from '../../design-docs/databases.ts'
import type { Decision } from '../../design-docs/decisions.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { hashOf } from '../audit/link-line.ts'
import { noteAudited } from '../audit/request-audit.ts'
import type { Couch, Database } from '../couch/client.ts'
import { writeAudit } from '../login/office.ts'
import type { DeskView } from './desk-view.ts'
import type { Deciding } from './write-decision.ts'

type Json = string | number | null | { [field: string]: string | number | null }
type Decided = {
  decision: Decision
  fact: Fact
  was?: Json
  /** The same decision was sent before: the line of the first time may be missing. */
  again?: true
}

/** One handle for each database, since lines of a process wait for each other by it. */
const offices = new WeakMap<Couch, Database>()
const officeOf = (couch: Couch): Database => {
  const known = offices.get(couch) ?? couch.database(office)
  offices.set(couch, known)
  return known
}

/**
 * The line of a decision names the fact that it became and the hash of it, so that the chain vouches for the fact, too;
 * what is said in threads is nothing that is decided.
 */
export async function auditDecision(couch: Couch, made: Decided, by: Deciding): Promise<void> {
  const { decision, fact, again } = made
  const { kind } = decision
  if (kind === 'chat' || kind === 'read' || kind === 'handling') return noteAudited()
  const { _rev, ...content } = fact
  const is = isOf(decision)
  const was = made.was ?? wasOf(decision, by.view)
  await writeAudit(officeOf(couch), by.nowMs, {
    by: by.author.account,
    event: by.event,
    action: 'decided',
    about: fact._id,
    details: { kind, sha256: hashOf(content), ...(again && { again }) },
    ...(was !== undefined && { was }),
    ...(is !== undefined && { is }),
  })
}

function isOf(decision: Decision): Json | undefined {
  switch (decision.kind) {
    case 'review':
      return { status: decision.action, comment: decision.comment ?? null }
    case 'adjustment':
      return { points: decision.points, reason: decision.reason }
    case 'ruling':
      return { status: decision.status, reason: decision.reason }
    case 'timing':
      return { [decision.of]: decision.is, reason: decision.reason }
    case 'move':
      return { ...definedOf(decision.to), reason: decision.reason }
    case 'void':
      return { takenBack: decision.fact, reason: decision.reason }
    case 'correction':
      return { [decision.field]: JSON.stringify(decision.is) }
    case 'notice':
      return { title: decision.title }
    case 'retire':
      return { reason: decision.reason }
    default:
      return undefined
  }
}

const definedOf = ({ team, checkpoint }: { team?: string | undefined; checkpoint?: string | undefined }) => ({
  ...(team !== undefined && { team }),
  ...(checkpoint !== undefined && { checkpoint }),
})

/** As the desk saw it when it was decided. */
function wasOf(decision: Decision, view: DeskView): Json | undefined {
  switch (decision.kind) {
    case 'review': {
      const verdict = view.verdicts.get(decision.checkin)
      return verdict && { status: verdict.status, comment: verdict.comment ?? null }
    }
    case 'ruling':
      return { status: view.teams.get(decision.team)?.status ?? null }
    case 'adjustment':
      return { adjustment: view.cards.get(decision.team)?.points.adjustment ?? null }
    case 'timing': {
      const card = view.cards.get(decision.team)
      return { [decision.of]: (decision.of === 'start' ? card?.startAt : card?.goalAt) ?? null }
    }
    case 'correction': {
      const team = view.teams.get(decision.team) as Record<string, unknown> | undefined
      return { [decision.field]: JSON.stringify(team?.[decision.field] ?? null) }
    }
    default:
      return undefined
  }
}
