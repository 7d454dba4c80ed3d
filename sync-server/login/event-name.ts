import { databaseName } from '../../design-docs/databases.ts'
import { event as eventSchema } from '../../design-docs/plan.ts'
import type { Words } from '../../design-docs/primitives.ts'
import type { Installation } from './installation.ts'

/** What an event is called, by its code; undefined while there is no plan of it. */
export async function eventName({ couch }: Installation, code: string): Promise<Words | undefined> {
  const parsed = eventSchema.safeParse(await couch.database(databaseName(code, 'desk')).get('event'))
  return parsed.success ? parsed.data.name : undefined
}
