import { randomBytes } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../../design-docs/access.ts'
import type { ImportLine, ImportNote } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { TeamDoc } from '../../design-docs/derived.ts'
import { correction, type FactOf, type Member } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import type { Couch } from '../couch/client.ts'
import { addTeams, type EntryDraft } from '../setup/add-teams.ts'
import { serverClaim } from '../setup/server-claim.ts'
import type { RawTeam } from './read-teams.ts'

type Field = 'name' | 'kana' | 'classIds' | 'members'
type Change = { team: string; field: Field; was: unknown; is: unknown }
export type TeamsToImport = { lines: ImportLine[]; entries: EntryDraft[]; changes: Change[] }

/** What a list of teams would do: new ones are entered, known ones corrected field by field, equal ones left. */
export function previewTeams(raws: readonly RawTeam[], teams: ReadonlyMap<string, TeamDoc>): TeamsToImport {
  const result: TeamsToImport = { lines: [], entries: [], changes: [] }
  const seen = new Set<string>()
  for (const { line, number, label, entry, notes } of raws) {
    const head = { line, number, label }
    if (!entry) result.lines.push({ ...head, does: 'bad', notes })
    else if (seen.has(number))
      result.lines.push({ ...head, does: 'bad', notes: [{ field: 'number', problem: 'twice' }] })
    else {
      seen.add(number)
      const team = teams.get(number)
      const changes = team ? changesOf(team, entry) : []
      result.changes.push(...changes)
      if (!team) result.entries.push(entry)
      const does = !team ? 'add' : changes.length > 0 ? 'change' : 'same'
      result.lines.push({ ...head, does, notes: [...notes, ...changes.map(noteOf)] })
    }
  }
  return result
}

/** A column that the file does not have leaves what is known as it is. */
function changesOf(team: TeamDoc, entry: EntryDraft): Change[] {
  const wanted: Record<Field, unknown> = {
    name: entry.name,
    kana: entry.kana ?? team.kana,
    classIds: entry.classIds,
    members: entry.members.length > 0 ? entry.members.map((member) => withKnown(member, team.members)) : team.members,
  }
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

/** Writes entries by the server and corrections by the person who imports. Doing it again finds nothing to do. */
export async function commitTeams(
  couch: Couch,
  { entries, changes }: TeamsToImport,
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
}
