import type { NoticeDoc } from '../../design-docs/derived.ts'
import type { Audience, Fact, FactOf, NoticeFact } from '../../design-docs/facts.ts'
import { noticeId } from '../../design-docs/ids.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { mayVoid } from './void-facts.ts'

/** Whom a notice is held against: a role, and the teams with their classes that someone belongs to or helps. */
export type Listener = { role: Role; teams: readonly { number: string; classIds: readonly string[] }[] }

/** All notices of an event from its facts, the withdrawn ones too, in the order of their ids. */
export function noticesOf(facts: readonly Fact[]): NoticeDoc[] {
  const voids = facts.filter((fact): fact is FactOf<'void'> => fact.type === 'void')
  const notices = facts.filter((fact): fact is NoticeFact => fact.type === 'notice')
  return notices.map((fact) => noticeOf(fact, voids)).sort((one, other) => (one._id < other._id ? -1 : 1))
}

function noticeOf(fact: NoticeFact, voids: readonly FactOf<'void'>[]): NoticeDoc {
  const { _id, event, title, body, audience, publishAt, expiresAt, urgent, by, as, at } = fact
  const [withdrawal] = voids
    .filter((one) => one.fact === _id && mayVoid(one, fact))
    .sort((one, other) => one.at - other.at || (one._id < other._id ? -1 : 1))
  return {
    _id: noticeId(_id.slice(_id.lastIndexOf(':') + 1)),
    type: 'notice',
    event,
    fact: _id,
    ...{ title, body, audience, publishAt, urgent, by, as, at },
    ...(expiresAt === undefined ? {} : { expiresAt }),
    ...(withdrawal ? { withdrawn: { at: withdrawal.at, by: withdrawal.by, reason: withdrawal.reason } } : {}),
  }
}

type Span = Pick<NoticeDoc, 'publishAt' | 'expiresAt' | 'withdrawn'>

/** Withdrawn beats all; else it waits until `publishAt`, and from `expiresAt` on it is over. */
export function noticeState({ publishAt, expiresAt, withdrawn }: Span, nowMs: number) {
  if (withdrawn) return 'withdrawn'
  if (expiresAt !== undefined && expiresAt <= nowMs) return 'over'
  return publishAt > nowMs ? 'waiting' : 'out'
}

/** When the state of a notice next changes by itself; null: never. */
export function nextNoticeChange({ publishAt, expiresAt, withdrawn }: Span, nowMs: number): number | null {
  const times = withdrawn ? [] : [publishAt, expiresAt ?? 0]
  return times.filter((at) => at > nowMs).sort((one, other) => one - other)[0] ?? null
}

/** Whether someone is among those to be told; staff without a team hear what is said to any team or class. */
export function isAddressed({ roles, classes, teams }: Audience, { role, teams: own }: Listener): boolean {
  if (roles && !roles.some((one) => one === role)) return false
  if (role !== 'participant' && role !== 'agent') return true
  const fits = ({ number, classIds }: Listener['teams'][number]) =>
    (!teams || teams.includes(number)) && (!classes || classIds.some((id) => classes.includes(id)))
  return (!teams && !classes) || own.some(fits)
}

type Places = { board: boolean; roster: boolean; gate: boolean; teams: string[] }
const nowhere: Places = { board: false, roster: false, gate: false, teams: [] }

/**
 * The audiences that a notice goes to: databases, in other words. What named teams are told is told to no other; staff who
 * see a team only after scanning it are told only what is said to staff.
 */
export function noticePlaces({ roles, teams = [] }: Audience): Places {
  const hears = (...some: Role[]) => !roles || roles.some((role) => some.includes(role))
  const toTeams = hears('participant', 'agent')
  const toStaff = hears('staff', 'core', 'corner', 'judge', 'admin')
  if (teams.length > 0) {
    const gate = toStaff && roles !== undefined
    return { board: false, roster: toStaff, gate, teams: toTeams ? teams : [] }
  }
  const board = toTeams || hears('display')
  const roster = toStaff && !board
  return { board, roster, gate: roster, teams: [] }
}

/** What of a notice is to be seen now, where, and when that next changes. */
export function shownNotice(notice: NoticeDoc | undefined, nowMs: number) {
  if (!notice) return { shown: null, places: nowhere, nextAt: null }
  const shown = noticeState(notice, nowMs) === 'out' ? notice : null
  return { shown, places: noticePlaces(notice.audience), nextAt: nextNoticeChange(notice, nowMs) }
}

/** The newest first, urgent ones before all. */
export const byUrgency = (one: NoticeDoc, other: NoticeDoc) =>
  Number(other.urgent) - Number(one.urgent) || other.publishAt - one.publishAt || (one._id < other._id ? 1 : -1)
