import { createHash } from 'node:crypto'
import { type CheckedEntry, type Entrant, entrant, receipt } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import { ulid } from '../../design-docs/ids.ts'
import type { CouchDoc, Database } from '../couch/client.ts'
import { inId } from '../entry/claim-number.ts'
import { entrantId } from '../entry/entrants.ts'
import { amendDoc, readDocs } from '../login/office.ts'

/** How a team is reached; what a list does not say stays as it is known. */
export type Contact = { mail?: string; phone?: string }
/** The contact of a team, and what else of its entry an entrant that is not there yet is made of. */
export type ContactToImport = { team: string; contact: Contact; shown: Shown }
type Shown = Pick<CheckedEntry, 'name' | 'kana' | 'classIds' | 'members'>
type Place = { office: Database; event: string; now(): number }

/** The contacts that the office has, by team. */
export async function knownContacts({ office, event }: Omit<Place, 'now'>): Promise<Map<string, Contact>> {
  const entrants = await readDocs(office, `entrant:${event}`, entrant)
  return new Map(entrants.flatMap(({ number, entry }) => (number ? [[number, contactOf(entry)] as const] : [])))
}

/** An empty address is none. */
const contactOf = ({ mail, phone }: CheckedEntry): Contact => ({ ...(mail && { mail }), ...(phone && { phone }) })

/**
 * Keeps contacts where those of the entry form are, so that passcodes and mailings reach imported teams as well and the
 * list of who is still out has their phone. Who entered by the form keeps the rest of their entry. Broken off and begun
 * again it is the same.
 */
export async function saveContacts(place: Place, contacts: readonly ContactToImport[]): Promise<void> {
  if (contacts.length === 0) return
  const drafts = await claimNumbers(place, contacts)
  const held = new Set((await readDocs(place.office, `entrant:${place.event}`, entrant)).map(({ draft }) => draft))
  const fresh = contacts.filter(({ team }) => !held.has(drafts.get(team) ?? ''))
  const rows = await place.office.bulk(fresh.map((one) => freshEntrant(place, one, drafts.get(one.team) ?? '')))
  const failed = rows.find(({ error }) => error && error !== 'conflict')
  if (failed) throw new AppError('ZK-SYS-002', { figures: { id: failed.id } })
  for (const one of contacts) {
    const draft = drafts.get(one.team) ?? ''
    if (held.has(draft)) await amendContact(place, entrantId(place.event, draft), one.contact)
  }
}

/** The draft that holds each team's number: the form's where somebody entered by it, otherwise one made of the number. */
async function claimNumbers({ office, event }: Place, contacts: readonly ContactToImport[]) {
  const wanted = contacts.map(({ team }) =>
    receipt.parse({
      _id: `receipt:${event}:${inId(team)}`,
      type: 'receipt',
      event,
      number: team,
      draft: ulid(0, createHash('sha256').update(`imported:${event}:${team}`).digest()),
    }),
  )
  // Those that are there conflict, and stay.
  await office.bulk(wanted as CouchDoc[])
  const receipts = await readDocs(office, `receipt:${event}`, receipt)
  return new Map(receipts.map(({ number, draft }) => [number, draft]))
}

function freshEntrant({ event, now }: Place, { team, contact, shown }: ContactToImport, draft: string): CouchDoc {
  const { name, kana, classIds, members } = shown
  const entry: CheckedEntry = {
    ...{ name, classIds, members, mail: '', answers: {}, memberAnswers: {}, consents: [] },
    ...(kana && { kana }),
    ...contact,
  }
  const at = now()
  return entrant.parse({
    ...{ _id: entrantId(event, draft), type: 'entrant', event, draft, number: team, version: 1 },
    // The list itself has told the log: nothing is on its way there.
    ...{ entry, inLog: entry, language: 'ja', wantsCopy: false, enteredAt: at, changedAt: at },
  }) as CouchDoc
}

async function amendContact({ office, now }: Place, id: string, contact: Contact): Promise<void> {
  await amendDoc(office, id, {
    schema: entrant,
    change(found): Entrant | null {
      if (
        !found ||
        (['mail', 'phone'] as const).every((field) => (contact[field] ?? found.entry[field]) === found.entry[field])
      )
        return null
      const inLog = found.inLog && { inLog: { ...found.inLog, ...contact } }
      return { ...found, entry: { ...found.entry, ...contact }, ...inLog, version: found.version + 1, changedAt: now() }
    },
  })
}
