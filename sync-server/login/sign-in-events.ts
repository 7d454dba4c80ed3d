import { databaseName } from '../../design-docs/databases.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import type { Words } from '../../design-docs/primitives.ts'
import { registeredEvents } from '../setup/event-register.ts'
import type { Installation } from './installation.ts'

export type SignInEvent = { code: string; name: Words; startsAt: number; endsAt: number }

/** The events that a person may choose from to sign in, the latest first; what is still a draft is nobody's business. */
export async function signInEvents(it: Installation): Promise<SignInEvent[]> {
  const registered = await registeredEvents(it.couch)
  const found = await Promise.all(
    registered.map(({ code }) => it.couch.database(databaseName(code, 'desk')).get('event')),
  )
  return found
    .flatMap((doc) => {
      const parsed = eventSchema.safeParse(doc)
      if (!parsed.success || parsed.data.phase === 'draft') return []
      const { code, name, startsAt, endsAt } = parsed.data
      return [{ code, name, startsAt, endsAt }]
    })
    .sort((one, other) => other.startsAt - one.startsAt)
}
