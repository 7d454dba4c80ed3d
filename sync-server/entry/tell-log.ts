import { createHash } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { CheckedEntry } from '../../design-docs/entry.ts'
import { correction, type FactType, ruling } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import type { Installation } from '../login/installation.ts'
import { addTeams } from '../setup/add-teams.ts'
import { serverClaim } from '../setup/server-claim.ts'
import { writeFactsOnce } from '../setup/write-facts-once.ts'
import { amendEntrant, type Entered } from './entrants.ts'

/** What of an entry is everyone's who works at the event; contacts and answers stay in the office. */
const shown = ['name', 'kana', 'classIds', 'members'] as const

/**
 * Brings what an entrant says into the log: as the team's entry, later as corrections, at last as its withdrawal. The
 * facts have ids made from the entrant, so that doing it again, or half and then whole, is the same.
 */
export async function tellLog(it: Installation, entered: Entered): Promise<Entered> {
  const { event, number, entry, inLog, enteredAt } = entered
  if (inLog === undefined) {
    const { name, kana, classIds, members } = entry
    const entries = [{ team: number, name, ...(kana && { kana }), classIds, members }]
    await addTeams(it.couch, event, { entries, now: () => enteredAt })
  } else await writeFactsOnce(it.couch, event, corrections(entered, inLog))
  if (entered.withdrawnAt !== undefined)
    await writeFactsOnce(it.couch, event, [withdrawal(entered, entered.withdrawnAt)])
  if (isDeepStrictEqual(inLog, entry)) return entered
  const told = (standing: Entered['entry']) => isDeepStrictEqual(standing, entry)
  return (await amendEntrant(it, entered, (standing) =>
    told(standing.entry) ? { ...standing, inLog: entry } : null,
  )) as Entered
}

const corrections = (entered: Entered, before: CheckedEntry) =>
  shown.flatMap((field) => {
    const [was, is] = [before[field] ?? '', entered.entry[field] ?? '']
    if (isDeepStrictEqual(was, is)) return []
    const about = `${entered.version}:${field}`
    return [correction.parse({ ...claimOf(entered, 'correction', { about, at: entered.changedAt }), field, was, is })]
  })

const withdrawal = (entered: Entered, at: number) =>
  ruling.parse({
    ...claimOf(entered, 'ruling', { about: 'withdrawn', at }),
    status: 'withdrawn',
    reason: 'withdrawn by the entrant',
  })

function claimOf(entered: Entered, type: FactType, { about, at }: { about: string; at: number }) {
  const { event, draft, number: team } = entered
  const hash = createHash('sha256').update(`${event}:${draft}:${about}`).digest()
  return { _id: factId(team, type, ulid(at, hash)), type, team, ...serverClaim(event, at) }
}
