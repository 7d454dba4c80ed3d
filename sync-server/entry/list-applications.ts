import { application as applicationSchema } from '../../design-docs/applications.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs } from '../login/office.ts'
import { askedOf } from './applications.ts'
import { applicationInvitation, isGranted } from './decide-application.ts'

/** More than one screen can be worked off; the newest first, and first those that nobody has decided on. */
const mostRows = 300

/** Who applied to work on an event, with what became of it, what they were asked, and how many there are, listed or not. */
export async function listApplications(it: Installation, event: string) {
  const all = await readDocs(it.office, `application:${event}`, applicationSchema)
  const isDecided = (one: (typeof all)[number]) => Number(one.decision !== undefined)
  all.sort((one, other) => isDecided(one) - isDecided(other) || other.at - one.at)
  const rows = all.slice(0, mostRows).map(async (one) => {
    const { draft, name, kana, mail, wish, about, answers = {}, at, decision } = one
    const shown = { draft, name, kana, mail, wish, about, answers, at }
    if (!decision) return { ...shown, state: 'waiting' as const }
    if (!isGranted(one)) return { ...shown, state: 'declined' as const }
    const invited = await applicationInvitation(it, one)
    const isOver = invited !== null && (invited.withdrawn !== undefined || invited.expiresAt <= it.now())
    const state = invited?.used ? ('arrived' as const) : isOver ? ('run-out' as const) : ('invited' as const)
    return { ...shown, role: one.decision.role, state }
  })
  const doc = await it.couch.database(databaseName(event, 'desk')).get('event')
  const fields = doc ? askedOf(eventSchema.parse(doc)).fields : []
  return { applications: await Promise.all(rows), applicationsInAll: all.length, fields }
}
