import { randomBytes } from 'node:crypto'
import { databaseName } from '../../design-docs/databases.ts'
import { ulid } from '../../design-docs/ids.ts'
import type { CouchDoc } from '../../sync-server/couch/client.ts'
import { registerEvent } from '../../sync-server/setup/event-register.ts'
import { type Doors, jsonRequest } from '../gateway/open-doors.ts'
import { eventDoc } from '../rules/make-facts.ts'

/** Lists the event of these doors, with an open entry form. */
export async function openEvent(doors: Doors): Promise<void> {
  await doors.databaseFor('desk')
  const entryForm = { members: { min: 1, max: 3 } }
  const event = { ...eventDoc({ phase: 'open' }), event: doors.event, code: doors.event, entryForm }
  await doors.couch.database(databaseName(doors.event, 'desk')).put(event as unknown as CouchDoc)
  await registerEvent(doors.couch, { code: doors.event, createdAt: doors.clock.now })
}

/** Enters a team by the form's own door. */
export async function enterTeam(
  doors: Doors,
  { name = '長良川ランナーズ', mail = `${randomBytes(6).toString('hex')}@example.org` } = {},
): Promise<{ number: string; draft: string; editToken: string }> {
  const entry = { name, mail, classIds: ['a'], members: [{ name: '山田 太郎', kana: 'ヤマダ タロウ' }] }
  const draft = ulid(doors.clock.now, randomBytes(10))
  const body = jsonRequest({ draft, entry, language: 'ja' })
  const answer = await doors.app.request(`/api/events/${doors.event}/entries`, body)
  if (answer.status !== 200) throw new Error(await answer.text())
  return { draft, ...((await answer.json()) as { number: string; editToken: string }) }
}
