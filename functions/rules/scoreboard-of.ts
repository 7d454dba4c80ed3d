import type { Card, Points, RankingRow, Verdict } from '../../design-docs/derived.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import type { Words } from '../../design-docs/primitives.ts'
import { type RouteMap, routeMap } from './route-map.ts'
import { bestOfEach } from './score.ts'
import { type ScoreboardWords, scoreboardWords } from './scoreboard-words.ts'

/** A check-in as the sheet shows it. */
export type ScoreboardRow = {
  /** Counts the check-ins that count; null for one that does not. */
  n: number | null
  at: number
  time: string
  /** Since the start or the check-in before; null where neither is known. */
  legMs: number | null
  leg: string
  checkpoint: string
  name: string
  /** What it adds to the score, now. */
  points: number
  /** What it would add once a person approves it. */
  pendingPoints: number
  why: string
  photo: string | null
}
/** Where a team stands in one of its classes, and among how many. */
export type Standing = { classId: string; row: Pick<RankingRow, 'place' | 'notPlaced'> | null; placed: number }

/** Everything that a team's scoreboard says, whatever it is written on. */
export type Scoreboard = {
  language: keyof Words
  event: string
  team: string
  name: string
  members: string[]
  classes: { name: string; place: string }[]
  startAt: number | null
  start: string
  goalAt: number | null
  goal: string
  durationMs: number | null
  duration: string
  rows: ScoreboardRow[]
  /** What moved the score besides check-ins. */
  lines: { text: string; points: number }[]
  points: Points
  map: RouteMap | null
}
export type ScoreboardSource = {
  event: EventDoc
  checkpoints: ReadonlyMap<string, CheckpointDoc>
  card: Card
  /** All of the team's. */
  verdicts: readonly Verdict[]
  standings: readonly Standing[]
  language: keyof Words
}

/** A team's scoreboard; null where it has no check-in. The same data always give the same sheet. */
export function scoreboardOf(source: ScoreboardSource): Scoreboard | null {
  const { event, checkpoints, card, verdicts, standings, language } = source
  if (verdicts.length === 0) return null
  const t = scoreboardWords[language]
  const clock = clockOf(event, language)
  const rows = rowsOf(source, t)
  const durationMs = card.startAt === null || card.goalAt === null ? null : card.goalAt - card.startAt
  const visited = rows.filter(({ n }) => n !== null).map(({ checkpoint }) => checkpoint)
  return {
    language,
    event: event.name[language] || event.name.ja,
    team: card.team,
    name: card.name,
    members: card.members.map(({ name }) => name),
    classes: standings.map(({ classId, row, placed }) => ({
      name: className(event, classId, language),
      place: placeOf(row, placed, t),
    })),
    startAt: card.startAt,
    start: card.startAt === null ? t.none : clock(card.startAt),
    goalAt: card.goalAt,
    goal: card.goalAt === null ? t.none : clock(card.goalAt),
    durationMs,
    duration: lasting(durationMs),
    rows,
    lines: card.lines.map((line) => ({
      text: line.kind === 'late' ? t.late(line.minutes ?? 0) : (line.reason ?? t.totals.adjustment),
      points: line.points,
    })),
    points: card.points,
    map: routeMap({ event, checkpoints, visited: [...new Set(visited)] }),
  }
}

function rowsOf({ event, checkpoints, card, verdicts, language }: ScoreboardSource, t: ScoreboardWords) {
  const clock = clockOf(event, language)
  const best = new Set(bestOfEach(verdicts))
  const taken = new Set(verdicts.filter(({ counts }) => counts).map(({ checkpoint }) => checkpoint))
  let before = card.startAt
  let n = 0
  return [...verdicts].sort(byTime).map((verdict): ScoreboardRow => {
    const { checkpoint, at, status, photo } = verdict
    const { counts: isStop } = verdict
    const elsewhere = !isStop && taken.has(checkpoint)
    const legMs = isStop && before !== null && at >= before ? at - before : null
    if (isStop) before = at
    return {
      n: isStop ? ++n : null,
      at,
      time: clock(at),
      legMs,
      leg: lasting(legMs),
      checkpoint,
      name: checkpoints.get(checkpoint)?.name[language] || (checkpoints.get(checkpoint)?.name.ja ?? ''),
      points: isStop ? verdict.points : 0,
      pendingPoints: best.has(verdict) && status === 'PENDING' ? verdict.points : 0,
      why: whyOf(verdict, elsewhere, t),
      photo: photo ?? null,
    }
  })
}

const byTime = (a: Verdict, b: Verdict) => a.at - b.at || (a.checkin < b.checkin ? -1 : 1)

/** The decision, what led to it, and what the judge said. */
function whyOf({ status, reasons, comment }: Verdict, elsewhere: boolean, t: ScoreboardWords): string {
  const because = reasons.map((reason) => t.reasons[reason]).filter(Boolean)
  if (elsewhere && status !== 'REJECTED') because.push(t.other)
  if (comment) because.push(comment)
  return [t.status[status], because.join(t.separator)].filter(Boolean).join(': ')
}

function placeOf(row: Standing['row'], placed: number, t: ScoreboardWords): string {
  if (row?.place != null) return t.place(row.place, placed)
  return (row?.notPlaced && t.notPlaced[row.notPlaced]) || t.unplaced
}

function className(event: EventDoc, classId: string, language: keyof Words): string {
  const found = event.classes.find(({ id }) => id === classId)
  return found ? found.name[language] || found.name.ja : classId
}

/** `1:02:03`; a dash where nothing was measured. */
export function lasting(ms: number | null): string {
  if (ms === null) return '–'
  const seconds = Math.round(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

const clocks = new Map<string, (at: number) => string>()

/** Times of day where the event is, with the day in front when it lasts longer than one. */
function clockOf({ timeZone, startsAt, endsAt }: EventDoc, language: keyof Words): (at: number) => string {
  const hasDays = endsAt - startsAt > 24 * 3_600_000
  const key = `${timeZone} ${language} ${hasDays}`
  const known = clocks.get(key)
  if (known) return known
  const format = new Intl.DateTimeFormat(language === 'ja' ? 'ja-JP' : 'en-GB', {
    timeZone,
    ...(hasDays && { month: 'numeric', day: 'numeric' }),
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
  })
  const clock = (at: number) => format.format(at)
  clocks.set(key, clock)
  return clock
}

const fields = new Map<string, Intl.DateTimeFormat>()

/** A moment as spreadsheets count it: days since the end of 1899 by the clock where the event is. */
export function scoreboardInstant(at: number, timeZone: string): number {
  const format = fields.get(timeZone) ?? localFields(timeZone)
  fields.set(timeZone, format)
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]))
  const local = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second)
  return local / 86_400_000 + 25_569
}

const localFields = (timeZone: string) =>
  new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
    hourCycle: 'h23',
  })
