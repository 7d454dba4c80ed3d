import { createHash } from 'node:crypto'
import { databaseKinds, databases, office, parseDatabaseName, revsLimit } from '../../design-docs/databases.ts'
import { validatorOf } from '../../design-docs/validators.ts'
import { registeredEvents } from '../setup/event-register.ts'
import type { Couch } from './client.ts'
import { ensureDatabase, securityOf } from './ensure-database.ts'

const layoutId = 'layout'

/**
 * Brings the databases of every event to what this version wants of them; at most starts it costs one read, because
 * the fingerprint of the tables that they were made from is kept. Answers how many were brought up to date.
 */
export async function upgradeDatabases(couch: Couch): Promise<number> {
  const wanted = layoutFingerprint()
  const kept = await couch.database(office).get(layoutId)
  if (kept?.fingerprint === wanted) return 0
  const events = new Set((await registeredEvents(couch)).map(({ code }) => code))
  const teams = (await couch.names()).map(parseDatabaseName).filter((parts) => parts?.kind === 'team')
  const shared = databaseKinds.filter((kind) => !databases[kind].perTeam)
  let upgraded = 0
  for (const event of events) {
    for (const kind of shared) await ensureDatabase(couch, event, kind)
    const own = teams.flatMap((parts) => (parts?.event === event && parts.team ? [parts.team] : []))
    for (const team of own) await ensureDatabase(couch, event, 'team', team)
    upgraded += shared.length + own.length
  }
  const rev = kept ? { _rev: kept._rev } : {}
  // Null, a conflict: another process did the same at the same time.
  await couch.database(office).put({ _id: layoutId, ...rev, type: 'layout', fingerprint: wanted })
  return upgraded
}

/** Changes whenever validators, security objects or limits do, whatever the event. */
function layoutFingerprint(): string {
  const parts = databaseKinds.map((kind) => [kind, validatorOf('e', kind), securityOf('e', kind, '1')])
  return createHash('sha256')
    .update(JSON.stringify([parts, revsLimit]))
    .digest('hex')
}
