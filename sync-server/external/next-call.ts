import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { OutsideTeam } from '../../design-docs/derived.ts'
import type { OutsideContent, OutsideState, Told } from '../../design-docs/external.ts'
import { toldId } from '../../design-docs/external.ts'
import type { ExternalAnswer, ExternalCall } from './call-external.ts'

const firstPauseMs = 15_000
const longestPauseMs = 60 * 60_000

export const contentOf = ({ name, className, memberCount, report }: OutsideContent): OutsideContent => ({
  ...{ name, className, memberCount },
  ...(report && { report }),
})

/** What is asked next: the team first, then the link to its report, since each is a call of its own. */
function nextContent(wanted: OutsideContent, told: Told | undefined): OutsideContent {
  const { report: _, ...team } = contentOf(wanted)
  const { report: toldReport, ...toldTeam } = told?.told ?? {}
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
  return { state, externalId, error: state === 'known' ? null : error, tries, at: told?.at || null }
}

/** Something that was asked and perhaps heard has to be asked again, even when what is to be known went back meanwhile. */
const isSettled = (wanted: OutsideTeam, told: Told | undefined) =>
  told !== undefined && told.outcome !== 'unknown' && isDeepStrictEqual(told.told, contentOf(wanted))

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
  const route = routeOf(content, before)
  // The content is in it, too: a restored database counts from an older number.
  const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16)
  const idempotencyKey = `zekken-${event}-${team}-${version}-${hash}`
  const tries = isTry ? before.tries : 0
  return {
    call: { route, event, team, content, idempotencyKey },
    asking: { ...before, asked: content, outcome: 'unknown', version, tries },
  }
}

function routeOf(content: OutsideContent, { told, outcome }: Told): ExternalCall['route'] {
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
