import { databaseName } from '../../design-docs/databases.ts'
import { team as teamSchema } from '../../design-docs/derived.ts'
import { teamId } from '../../design-docs/ids.ts'
import type { Session } from '../../design-docs/office.ts'
import { setting as settingSchema } from '../../design-docs/plan.ts'
import { CouchError } from '../couch/client.ts'
import { issueAccessToken } from './access-token.ts'
import type { Installation } from './installation.ts'
import { maskOf } from './menu-masks.ts'

/** What an app keeps of a sign-in; it works with this alone until the next refresh. */
export async function signedIn(it: Installation, doc: Session) {
  const { account, name, event, role, teams, device } = doc
  const subject = { account, device, event, role, teams, session: doc._id.slice('session:'.length) }
  const [token, entry, settings, menus] = await Promise.all([
    issueAccessToken(it.keys, subject, { nowMs: it.now() }),
    entryOf(it, doc),
    settingsOf(it, event),
    maskOf(it, { event, roles: [role] }),
  ])
  return {
    session: { account, name, event, role, teams, device },
    ...token,
    generation: it.generation,
    /** Null for whoever is no participant, and until the team is known. */
    entry,
    settings,
    /** No server but this one delivers. */
    deliveryStation: null,
    menus,
  }
}

async function entryOf(it: Installation, { event, role, teams: [number] }: Session) {
  if (role !== 'participant' || number === undefined) return null
  const found = await it.couch.database(databaseName(event, 'desk')).get(teamId(number))
  if (!found) return null
  const { name, classIds, members, status } = teamSchema.parse(found)
  return { number, name, classIds, members: members.map(({ name }) => name), status }
}

/** Those that a device keeps. An event without databases has none. */
async function settingsOf(it: Installation, event: string) {
  const desk = it.couch.database(databaseName(event, 'desk'))
  const rows = await desk
    .all({ startkey: 'setting:', endkey: 'setting;', includeDocs: true })
    .catch((error: unknown) => {
      if (error instanceof CouchError && error.status === 404) return []
      throw error
    })
  return rows.flatMap(({ doc }) => {
    const { onDevice, key, value, atRunTime } = settingSchema.parse(doc)
    return onDevice ? [{ key, value, atRunTime }] : []
  })
}
