import type { TeamDoc } from '../../design-docs/derived.ts'
import type { FactOf, Member } from '../../design-docs/facts.ts'
import { ofType, type Timed } from './timeline.ts'

type Correction = FactOf<'correction'>
type Fields = { [F in Correction['field']]: FieldType[F] }
type FieldType = {
  name: string
  kana: string
  classIds: string[]
  members: Member[]
  attention: string
  bibIssue: number
  revokedBibs: number[]
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isIssue = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 1
const isMember = (value: unknown): value is Member =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  isText(value.id) &&
  'name' in value &&
  isText(value.name)

/** A correction's value is any JSON; one of the wrong shape stays listed and never holds. */
export const fits: { [F in keyof Fields]: (value: unknown) => value is Fields[F] } = {
  name: (value): value is string => isText(value) && value !== '',
  kana: isText,
  classIds: (value): value is string[] => Array.isArray(value) && value.length > 0 && value.every(isText),
  members: (value): value is Member[] => Array.isArray(value) && value.every(isMember),
  attention: isText,
  bibIssue: isIssue,
  revokedBibs: (value): value is number[] => Array.isArray(value) && value.every(isIssue),
}

/**
 * What is known of a team from its entry, corrections and rulings (standing ones, in order of time), or null without
 * an entry. Of several entries, corrections of a field, or rulings the last holds. A walk-in is entered by the bib that
 * it was given.
 */
export function teamOf(standing: readonly Timed[]): TeamDoc | null {
  const binds = ofType(standing, 'bind').filter(({ fact }) => fact.bib === fact.team)
  const bound = binds.at(-1)
  const entered = ofType(standing, 'entry').at(-1) ?? (bound && { ...bound, fact: asEntry(bound.fact) })
  if (!entered) return null
  const { fact: entry, time } = entered
  const corrections = ofType(standing, 'correction')
  const holding = new Map(
    corrections.filter(({ fact }) => fits[fact.field](fact.is)).map(({ fact }) => [fact.field, fact]),
  )
  const corrected = <F extends keyof Fields>(field: F) => holding.get(field)?.is as Fields[F] | undefined
  const ruling = ofType(standing, 'ruling').at(-1)?.fact
  const kana = corrected('kana') ?? entry.kana
  const attention = corrected('attention') ?? boundTwice([entry.name, ...binds.map(({ fact }) => fact.name)])
  return {
    _id: `team:${entry.team}`,
    type: 'team',
    event: entry.event,
    number: entry.team,
    name: corrected('name') ?? entry.name,
    ...(kana && { kana }),
    classIds: corrected('classIds') ?? entry.classIds,
    members: corrected('members') ?? entry.members,
    bibs: { issue: corrected('bibIssue') ?? entry.bibIssue, revoked: corrected('revokedBibs') ?? [] },
    status: ruling?.status ?? 'registered',
    ...(ruling && { statusReason: ruling.reason }),
    ...(attention && { attention }),
    enteredAt: time.at,
    corrections: corrections.map(({ fact, time: { at } }) => ({
      fact: fact._id,
      field: fact.field,
      was: fact.was,
      is: fact.is,
      at,
      by: fact.by,
      holds: holding.get(fact.field) === fact,
    })),
  }
}

const asEntry = ({ issue, ...bind }: FactOf<'bind'>) => ({ ...bind, bibIssue: issue })

/** Two receptions gave the same bib, as they thought, to two teams: somebody has to look whose it is. */
function boundTwice(names: readonly string[]): string | undefined {
  const different = [...new Set(names)]
  return different.length > 1 ? different.join(' ≠ ') : undefined
}

/** Since when each revoked bib of the team is revoked: the first correction that named it, by issue. */
export function revokedSince(team: TeamDoc): Map<number, number> {
  const since = new Map<number, number>()
  for (const { field, is, at } of team.corrections)
    if (field === 'revokedBibs' && fits.revokedBibs(is))
      for (const issue of is) if (team.bibs.revoked.includes(issue) && !since.has(issue)) since.set(issue, at)
  return since
}
