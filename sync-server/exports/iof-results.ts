import type { Card } from '../../design-docs/derived.ts'
import type { ResultRow, ResultStatus } from '../../functions/rules/results-table.ts'
import { isApproved } from '../../functions/rules/score.ts'
import { iofMessage, xmlTime } from './iof-event.ts'
import type { ResultSet } from './result-set.ts'
import { said } from './sheets.ts'
import { xmlElement, xmlLeaf } from './xml-text.ts'

/** IOF's word for how a team ended; `OK` alone has a position. */
const statuses: Record<ResultStatus, string> = {
  placed: 'OK',
  'no-goal': 'DidNotFinish',
  'too-late': 'OverTime',
  'not-placed': 'NotCompeting',
  retired: 'DidNotFinish',
  withdrawn: 'Cancelled',
  disqualified: 'Disqualified',
}

/** Results as an IOF ResultList, in pieces: a team is a team of one leg that all its members run together. */
export function* iofResults(set: ResultSet): Generator<string> {
  const { source, language } = set
  const { begin, end } = iofMessage('ResultList', set, { status: 'Complete' })
  yield begin
  let open: string | null = null
  for (const row of set.results()) {
    if (row.classId !== open) {
      if (open !== null) yield '</ClassResult>\n'
      const name = xmlLeaf('Id', row.classId) + xmlLeaf('Name', said(row.className, language))
      yield `<ClassResult>${xmlElement('Class', {}, name)}\n`
      open = row.classId
    }
    yield `${teamResult(row, source.cards.get(row.team), set)}\n`
  }
  if (open !== null) yield '</ClassResult>\n'
  yield end
}

function teamResult(row: ResultRow, card: Card | undefined, set: ResultSet): string {
  const { team, name, members } = row
  const people = members.length > 0 ? members : [null]
  const results = people.map((person, n) => {
    const who = person === null ? '' : xmlElement('Person', {}, personName(person))
    return xmlElement('TeamMemberResult', {}, who + memberResult(row, card, { set, order: n + 1 }))
  })
  return xmlElement('TeamResult', {}, xmlName(name) + xmlLeaf('BibNumber', team) + results.join(''))
}

/** Required, even where it is empty. */
const xmlName = (name: string) => xmlLeaf('Name', name) || '<Name/>'

/** Names are entered whole: Japanese ones are parted at their space, others are the family name as a whole. */
function personName(name: string): string {
  const [, family = name, given = ''] = /^([^\s\p{Script=Latin}]+)[ \u3000]([^\s\p{Script=Latin}]+)$/u.exec(name) ?? []
  const parts = `${xmlLeaf('Family', family) || '<Family/>'}${xmlLeaf('Given', given) || '<Given/>'}`
  return xmlElement('Name', {}, parts)
}

function memberResult(row: ResultRow, card: Card | undefined, { set, order }: { set: ResultSet; order: number }) {
  const { place, startedAt, goalAt, usedMs, status } = row
  const time = usedMs === null || usedMs < 0 ? null : usedMs / 1000
  const score = (type: string, points: number) => xmlElement('Score', { type }, String(points))
  const net = score('Points', row.net)
  const overall = [xmlLeaf('Time', time), xmlLeaf('Position', place), xmlLeaf('Status', statuses[status]), net]
  return xmlElement(
    'Result',
    {},
    [
      xmlLeaf('Leg', 1),
      xmlLeaf('LegOrder', order),
      xmlLeaf('BibNumber', row.team),
      xmlLeaf('StartTime', xmlTime(startedAt)),
      goalAt === null ? '' : xmlLeaf('FinishTime', xmlTime(goalAt)),
      xmlLeaf('Time', time),
      place === null ? '' : xmlElement('Position', { type: 'Leg' }, String(place)),
      xmlLeaf('Status', statuses[status]),
      net,
      score('Confirmed', row.confirmed),
      score('Provisional', row.provisional),
      score('Penalty', -row.penalty || 0),
      score('Adjustment', row.adjustment),
      xmlElement('OverallResult', {}, overall.join('')),
      ...splits(card, startedAt, set),
    ].join(''),
  )
}

/** Checkpoints that count, in the order in which the team was there; starts and finishes are no splits. */
function splits(card: Card | undefined, startedAt: number, { source }: ResultSet): string[] {
  const visits = (card?.checkpoints ?? []).filter(isApproved).filter(({ checkpoint }) => {
    const kind = source.checkpoints.get(checkpoint)?.kind
    return kind !== 'start' && kind !== 'goal'
  })
  return visits.map(({ checkpoint, at }) =>
    xmlElement('SplitTime', {}, xmlLeaf('ControlCode', checkpoint) + xmlLeaf('Time', (at - startedAt) / 1000)),
  )
}
