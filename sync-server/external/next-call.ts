import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { OutsideTeam } from '../../design-docs/derived.ts'
import type { OutsideContent, OutsideState, Told } from '../../design-docs/external.ts'
import { toldId } from '../../design-docs/external.ts'
import type { ExternalAnswer, ExternalCall } from './call-external.ts'

const firstPauseMs = 15_000
const longestPauseMs = 60 * 60_000

export const contentOf = ({ name, className, memberCount, report, status }: OutsideContent): OutsideContent => ({
  ...{ name, className, memberCount },
  ...(report && { report }),
  ...(status && { status }),
})

/** One step at a time, since each is a call of its own: whether it is entered, then the team, then the link to its report. */
function nextContent(wanted: OutsideContent, told: Told | undefined): OutsideContent {
  const { report: _, ...team } = contentOf(wanted)
  // What was asked before may hold names: it is not asked again.
  if (wanted.status === 'deleted') return team
  const inDoubt = told?.outcome === 'unknown' ? told.asked : null
  // Whether it was heard decides what comes next.
  if (inDoubt && (told?.route === 'update_team_status' || (wanted.status && !inDoubt.status))) return inDoubt
  const { report: toldReport, status: toldStatus, ...toldTeam } = told?.told ?? {}
  if (told?.told && toldStatus !== wanted.status) {
    const { status: _, ...known } = told.told
    return { ...known, ...(wanted.status && { status: wanted.status }) }
  }
  if (told?.told && isDeepStrictEqual(toldTeam, team)) return contentOf(wanted)
  return { ...team, ...(toldReport && { report: toldReport }) }
}

const untold = ({ event, team }: OutsideTeam): Told => ({
  _id: toldId(event, team),
  type: 'told',
  event,
  team,
  told: null,
  asked: null,
  outcome: 'none',
  version: 0,
  externalId: null,
  tries: 0,
  nextAt: 0,
  error: null,
  at: 0,
})

/** How it stands with a team, by what is to be known and what was heard. */
export function outsideStateOf(wanted: OutsideTeam, told: Told | undefined): OutsideState {
  const { externalId = null, error = null, tries = 0 } = told ?? {}
  const state = isSettled(wanted, told) ? 'known' : isRefused(wanted, told) ? 'refused' : 'pending'
  const { status = 'entered' } = wanted
  return { state, status, externalId, error: state === 'known' ? null : error, tries, at: told?.at || null }
}

/** It is no more to be told of a team that it has never heard of. */
export const isNeverHeard = (told: Told | undefined) =>
  told === undefined || (told.told === null && told.outcome !== 'unknown')

/** Something that was asked and perhaps heard has to be asked again, even when what is to be known went back meanwhile. */
function isSettled(wanted: OutsideTeam, told: Told | undefined): boolean {
  if (wanted.status && isNeverHeard(told)) return true
  if (told === undefined || told.outcome === 'unknown') return false
  // A team that is not entered has no other news.
  return wanted.status ? told.told?.status === wanted.status : isDeepStrictEqual(told.told, contentOf(wanted))
}

const isRefused = (wanted: OutsideTeam, told: Told | undefined) =>
  told?.outcome === 'refused' && isDeepStrictEqual(told.asked, nextContent(wanted, told))

/** Whether a team waits to be told, and from when on it may be. */
export function dueAt(wanted: OutsideTeam, told: Told | undefined): number | null {
  if (isSettled(wanted, told) || isRefused(wanted, told)) return null
  // Other words than those that failed need not wait.
  return told && isDeepStrictEqual(told.asked, nextContent(wanted, told)) ? told.nextAt : 0
}

/** The next call for a team, and what is to be kept before it is made: it may be heard though nobody answers. */
export function nextCall(wanted: OutsideTeam, told: Told | undefined): { call: ExternalCall; asking: Told } {
  const before = told ?? untold(wanted)
  const content = nextContent(wanted, before)
  const isTry = before.outcome === 'unknown' && isDeepStrictEqual(before.asked, content)
  const version = isTry ? before.version : before.version + 1
  const { event, team } = wanted
  const route = (isTry ? before.route : undefined) ?? routeOf(content, before)
  // The content is in it, too: a restored database counts from an older number.
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)
  const idempotencyKey = `zekken-${event}-${team}-${version}-${hash}`
  const tries = isTry ? before.tries : 0
  return {
    call: { route, event, team, content, idempotencyKey },
    asking: { ...before, asked: content, route, outcome: 'unknown', version, tries },
  }
}

function routeOf(content: OutsideContent, { told, outcome }: Told): ExternalCall['route'] {
  if (content.status !== told?.status) return 'update_team_status'
  if (told === null) return 'register_team'
  if (!isDeepStrictEqual(told.report, content.report)) return 'report_link'
  const isNameOnly = isDeepStrictEqual({ ...told, name: content.name }, content)
  return isNameOnly && outcome !== 'unknown' ? 'update_team_name' : 'register_team'
}

/** What is kept once an answer came, or none. */
export function heard(asking: Told, answer: ExternalAnswer, nowMs: number): Told {
  const tries = asking.tries + 1
  if (answer.result === 'accepted') {
    const externalId = answer.externalId ?? asking.externalId
    return { ...asking, told: asking.asked, outcome: 'accepted', externalId, tries: 0, error: null, at: nowMs }
  }
  const error = answer.error.slice(0, 500)
  if (answer.result === 'refused') return { ...asking, outcome: 'refused', tries, error, at: nowMs }
  const growing = firstPauseMs * 2 ** (tries - 1)
  const wished = answer.result === 'failed' ? (answer.retryAfterMs ?? 0) : 0
  const pauseMs = Math.min(Math.max(growing, wished), longestPauseMs)
  return { ...asking, tries, nextAt: nowMs + pauseMs, error, at: nowMs }
}

/**
 * What stands of a team that is to be told anew: nothing, so that it is entered anew, unless what it was told last is
 * whether it is entered.
 */
export function toldAnew(standing: Told): Told {
  const { told, route, outcome } = standing
  const again = { ...standing, tries: 0, nextAt: 0 }
  if (told && route === 'update_team_status' && outcome !== 'accepted')
    return { ...again, outcome: outcome === 'unknown' ? outcome : 'none' }
  const { status, ...entered } = told ?? { status: undefined }
  return { ...again, outcome: 'none', told: status && told ? (entered as OutsideContent) : null }
}
