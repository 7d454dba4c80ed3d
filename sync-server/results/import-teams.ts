import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { TeamDoc } from '../../design-docs/derived.ts'
import { correction, type FactOf, type Member } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import type { ImportLine, ImportNote } from '../../design-docs/imports.ts'
import type { Couch, Database } from '../couch/client.ts'
import { typedNumber } from '../login/entrant-of-number.ts'
import { addTeams, type EntryDraft } from '../setup/add-teams.ts'
import { serverClaim } from '../setup/server-claim.ts'
import { type Contact, type ContactToImport, saveContacts } from './import-contacts.ts'
import type { RawTeam } from './read-teams.ts'

type Field = 'name' | 'kana' | 'classIds' | 'members'
type Change = { team: string; field: Field; was: unknown; is: unknown }
export type TeamsToImport = {
  lines: ImportLine[]
  entries: EntryDraft[]
  changes: Change[]
  contacts: ContactToImport[]
}
type Known = {
  teams: ReadonlyMap<string, TeamDoc>
  contacts: ReadonlyMap<string, Contact>
  /** Numbers of teams whose personal data were deleted at their request. */
  forgotten: ReadonlySet<string>
}

/** What a list of teams would do: new ones are entered, known ones corrected field by field, equal ones left. */
export function previewTeams(raws: readonly RawTeam[], { teams, contacts, forgotten }: Known): TeamsToImport {
  const result: TeamsToImport = { lines: [], entries: [], changes: [], contacts: [] }
  const seen = new Set<string>()
  // People sign in by their number, with or without the zeros before it.
  const numbers = new Map([...teams.keys()].map((number) => [typedNumber(number), number]))
  for (const { line, number, label, entry, contact, notes } of raws) {
    const head = { line, number, label }
    if (!entry) result.lines.push({ ...head, does: 'bad', notes })
    else if (seen.has(number))
      result.lines.push({ ...head, does: 'bad', notes: [{ field: 'number', problem: 'twice' }] })
    else {
      seen.add(number)
      const other = numbers.get(typedNumber(number)) ?? number
      numbers.set(typedNumber(number), other)
      if (other !== number) {
        result.lines.push({ ...head, does: 'bad', notes: [{ field: 'number', problem: 'same-number', is: other }] })
        continue
      }
      if (forgotten.has(number)) {
        result.lines.push({ ...head, does: 'bad', notes: [{ field: 'number', problem: 'forgotten' }] })
        continue
      }
      const team = teams.get(number)
      const changes = team ? changesOf(team, entry) : []
      result.changes.push(...changes)
      if (!team) result.entries.push(entry)
      const reached = contactNotes(contact, contacts.get(number))
      if (reached.length > 0) result.contacts.push({ team: number, contact, shown: shownOf(entry, team) })
      const said = team ? [...changes.map(noteOf), ...reached] : []
      const does = !team ? 'add' : said.length > 0 ? 'change' : 'same'
      result.lines.push({ ...head, does, notes: [...notes, ...said] })
    }
  }
  return result
}

/** What everyone who works at the event will see of the team; the list's silence leaves what is known. */
function shownOf(entry: EntryDraft, team: TeamDoc | undefined): ContactToImport['shown'] {
  const { name, classIds } = entry
  const kana = entry.kana ?? team?.kana
  const members = entry.members.map((member) => withKnown(member, team?.members ?? []))
  return { name, classIds, members: team && members.length === 0 ? team.members : members, ...(kana && { kana }) }
}

/** What the list says of how a team is reached, where the office has something else. */
function contactNotes(contact: Contact, known: Contact = {}): ImportNote[] {
  return (['mail', 'phone'] as const).flatMap((field) => {
    const is = contact[field]
    return is === undefined || is === known[field] ? [] : [{ field, was: known[field] ?? '', is }]
  })
}

/** A column that the file does not have leaves what is known as it is. */
function changesOf(team: TeamDoc, entry: EntryDraft): Change[] {
  const wanted = shownOf(entry, team)
  return (Object.keys(wanted) as Field[])
    .filter((field) => !isDeepStrictEqual(wanted[field], team[field]))
    .map((field) => ({ team: team.number, field, was: team[field] ?? '', is: wanted[field] }))
}

/** A list that gives no more than names takes no reading and no age from those it names. */
function withKnown(member: Member, known: readonly Member[]): Member {
  const same = known.find(({ id, name }) => id === member.id && name === member.name)
  return { ...same, ...member }
}

const inWords = (value: unknown): string =>
  Array.isArray(value)
    ? value.map((one) => (typeof one === 'object' ? one.name : String(one))).join(', ')
    : String(value)
const noteOf = ({ field, was, is }: Change): ImportNote => ({ field, was: inWords(was), is: inWords(is) })

/**
 * Writes entries by the server and corrections by the person who imports, then contacts into the office. Doing it again
 * finds nothing to do.
 */
export async function commitTeams(
  { couch, office }: { couch: Couch; office: Database },
  { entries, changes, contacts }: TeamsToImport,
  by: { caller: Caller; now(): number },
): Promise<void> {
  const { event, account, device } = by.caller
  await addTeams(couch, event, { entries, now: by.now })
  const nowMs = by.now()
  const facts = changes.map(
    ({ team, field, was, is }): FactOf<'correction'> =>
      correction.parse({
        _id: factId(team, 'correction', ulid(nowMs, new Uint8Array(randomBytes(10)))),
        type: 'correction',
        ...serverClaim(event, nowMs),
        by: account,
        as: 'admin',
        device,
        team,
        field,
        was,
        is,
      }),
  )
  await couch.database(databaseName(event, 'log')).bulk(facts)
  await saveContacts({ office, event, now: by.now }, contacts)
}
