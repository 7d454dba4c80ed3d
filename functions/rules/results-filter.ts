import type { Card, CardRow, Reason, VerdictStatus } from '../../design-docs/derived.ts'
import type { CheckinRow } from './checkin-rows.ts'
import { foldName } from './fold-name.ts'
import type { LegRow } from './legs.ts'
import type { ResultRow, ResultStatus, ResultsSource } from './results-table.ts'

/** What a person has chosen on the screen; whatever is absent lets everything through. */
export type ResultsFilter = {
  classId?: string | undefined
  /** How the team ended. */
  result?: ResultStatus | 'no-place' | undefined
  /** Of a check-in. */
  status?: VerdictStatus | 'open' | 'decided' | undefined
  reason?: Reason | undefined
  device?: string | undefined
  checkpoint?: string | undefined
  /** By number. */
  team?: string | undefined
  /** Of a team: number, names, readings. */
  words?: string | undefined
}

export type Chooser = {
  result(row: ResultRow): boolean
  checkin(row: CheckinRow): boolean
  leg(row: LegRow): boolean
  team(card: Card): boolean
}

/**
 * What of the results is meant. Status and checkpoint choose among check-ins, and of teams those that have such a
 * check-in; a leg is of a checkpoint that it begins or ends at.
 */
export function chooserOf(filter: ResultsFilter, source: ResultsSource): Chooser {
  const { status, checkpoint, reason, device } = filter
  const isNamed = ({ team }: Card) => filter.team === undefined || team === filter.team
  const meant = [...source.cards.values()].filter((card) => isNamed(card) && saysWords(card, filter.words))
  const teams = new Set(meant.map(teamOf))
  const inClass = (row: { classId: string }) => filter.classId === undefined || row.classId === filter.classId
  const ended = rowsByTeam(source, (row) => inClass(row) && endedSo(row.notPlaced ?? 'placed', filter.result))
  const narrows = filter.classId !== undefined || filter.result !== undefined
  // Check-ins of a number that no team has yet are nobody's, and told as long as nobody in particular is asked for.
  const isOpen = !narrows && !filter.words && filter.team === undefined
  const isMeant = (team: string) => teams.has(team) && (!narrows || ended.has(team))
  const fits = (row: Pick<CardRow, 'status' | 'checkpoint' | 'reasons' | 'device'>, isReviewed: boolean) =>
    stands({ status: row.status, isReviewed }, status) &&
    (checkpoint === undefined || row.checkpoint === checkpoint) &&
    (reason === undefined || row.reasons.includes(reason)) &&
    (device === undefined || row.device === device)
  const wasThere = (team: string) =>
    [status, checkpoint, reason, device].every((one) => one === undefined) ||
    source.cards.get(team)?.checkpoints.some((row) => fits(row, !isOpenStatus(row.status))) === true
  return {
    team: (card) => isMeant(card.team) && wasThere(card.team),
    result: (row) => teams.has(row.team) && inClass(row) && endedSo(row.status, filter.result) && wasThere(row.team),
    checkin: (row) =>
      fits(row, row.reviewedAt !== undefined) && (isMeant(row.team) || (isOpen && !source.cards.has(row.team))),
    leg: (row) =>
      isMeant(row.team) &&
      (checkpoint === undefined || row.from.checkpoint === checkpoint || row.to.checkpoint === checkpoint),
  }
}

const teamOf = ({ team }: Card) => team

const isOpenStatus = (status: VerdictStatus) => status === 'PENDING' || status === 'AUTO_APPROVED'

type Standing = { status: VerdictStatus; isReviewed: boolean }

/** Of a card is not known whether a person decided: what waits for nobody stands for it. */
function stands({ status, isReviewed }: Standing, wanted: ResultsFilter['status']): boolean {
  if (wanted === 'open') return isOpenStatus(status)
  if (wanted === 'decided') return isReviewed
  return wanted === undefined || status === wanted
}

function endedSo(status: ResultStatus, wanted: ResultsFilter['result']): boolean {
  if (wanted === undefined) return true
  return wanted === 'no-place' ? status !== 'placed' : status === wanted
}

type Ended = { classId: string; notPlaced?: Exclude<ResultStatus, 'placed'> | undefined }

function rowsByTeam({ rankings }: ResultsSource, holds: (row: Ended) => boolean): Set<string> {
  const teams = new Set<string>()
  for (const { classId, rows } of rankings.values())
    for (const { team, notPlaced } of rows) if (holds({ classId, notPlaced })) teams.add(team)
  return teams
}

/** Every word is found in number, name or reading; marks that folding takes away are looked for as they are. */
function saysWords({ team, name, kana, members }: Card, words = ''): boolean {
  const wanted = words.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  if (wanted.length === 0) return true
  const texts = [team, name, kana ?? '', ...members.flatMap((member) => [member.name, member.kana ?? ''])]
  const plain = texts.join('\n').normalize('NFKC').toLowerCase()
  const folded = texts.map(foldName).join('\n')
  return wanted.every((word) => plain.includes(word) || (foldName(word) !== '' && folded.includes(foldName(word))))
}
