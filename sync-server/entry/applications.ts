import { type Application, application as applicationSchema } from '../../design-docs/applications.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type EventDoc, event as eventSchema } from '../../design-docs/plan.ts'
import type { CheckedApplication } from '../../functions/rules/check-application.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc, writeAudit } from '../login/office.ts'

export const applicationId = (event: string, draft: string) => `application:${event}:${draft}`

export const findApplication = (it: Installation, event: string, draft: string): Promise<Application | null> =>
  readDoc(it.office, applicationId(event, draft), applicationSchema)

/** The event and whether people can apply to work on it: a switch of the event, off once the event is over. */
export async function applyPlan(it: Installation, code: string): Promise<{ event: EventDoc; isOpen: boolean }> {
  const doc = await it.couch.database(databaseName(code, 'desk')).get('event')
  const event = doc && eventSchema.parse(doc)
  if (!event || event.phase === 'draft' || event.staffApply === undefined) throw new AppError('ZK-ENTRY-007')
  return { event, isOpen: event.staffApply && event.phase !== 'closed' && event.phase !== 'published' }
}

/** What of the entry form holds for those who apply as staff. */
export const askedOf = ({ entryForm }: EventDoc) => ({
  memberNames: entryForm?.memberNames ?? ('full' as const),
  fields: (entryForm?.fields ?? []).filter(({ of }) => of === 'staff'),
})

type Sent = { draft: string; language: 'ja' | 'en'; checked: CheckedApplication }

/** Keeps an application. Sent again it takes the place of what came first, until somebody has decided on it. */
export async function keepApplication(it: Installation, event: string, sent: Sent): Promise<void> {
  const { draft, language, checked } = sent
  const at = it.now()
  const _id = applicationId(event, draft)
  let isNew = false
  await amendDoc(it.office, _id, {
    schema: applicationSchema,
    change(found: Application | null): Application | null {
      isNew = found === null
      if (found?.decision) return null
      return { _id, type: 'application', event, draft, ...checked, language, consentedAt: at, at: found?.at ?? at }
    },
  })
  // Who it is stays out of the log, which outlives what people told us.
  if (isNew) await writeAudit(it.office, at, { by: 'anyone', action: 'applied', about: draft, event })
}
