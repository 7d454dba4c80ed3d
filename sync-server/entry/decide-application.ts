import { createHmac } from 'node:crypto'
import { type Application, application as applicationSchema, type OfficeRole } from '../../design-docs/applications.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type Invitation, invitation as invitationSchema } from '../../design-docs/sign-in.ts'
import type { Installation } from '../login/installation.ts'
import { createInvitation, invitationId, type NewInvitation } from '../login/invitations.ts'
import { amendDoc, readDoc, writeAudit } from '../login/office.ts'
import { queueApplicationMail } from '../post/queue-application-mail.ts'
import { applicationId, findApplication } from './applications.ts'

type Granted = Extract<NonNullable<Application['decision']>, { is: 'granted' }>
export type GrantedApplication = Application & { decision: Granted }
export const isGranted = (one: Application): one is GrantedApplication => one.decision?.is === 'granted'

/** Mails are read late, and an applicant has weeks before the event. */
const invitationDays = 14

/** The token of an application's invitation: made anew for each mail and each admin, kept nowhere. */
export const applicationToken = (it: Pick<Installation, 'keys'>, { _id, decision }: GrantedApplication) =>
  createHmac('sha256', it.keys.hmac).update(`application-invitation:${_id}:${decision.round}`).digest('base64url')

export const applicationInvitation = (it: Installation, one: GrantedApplication): Promise<Invitation | null> =>
  readDoc(it.office, invitationId(applicationToken(it, one)), invitationSchema)

type Asked = { event: string; draft: string; by: string }

/**
 * Gives an applicant a role: one account and one invitation, however many admins do it at once. Granted again, it
 * answers the same way in, or a new one where that ran out unused; null where it was used. ZK-ENTRY-008 when another
 * role was given before.
 */
export async function grantApplication(
  it: Installation,
  { event, draft, by }: Asked,
  role: OfficeRole,
): Promise<NewInvitation | null> {
  const at = it.now()
  const before = await findApplication(it, event, draft)
  const deadRound = before && isGranted(before) ? await roundRunOut(it, before) : null
  const fresh = { is: 'granted', role, account: `${role}-${it.random(6).toString('hex')}`, by, at, round: 1 } as const
  let isNew = false
  const standing = await amend(it, { event, draft }, (found) => {
    isNew = !isGranted(found)
    if (!isGranted(found)) return { ...found, decision: fresh }
    const { round } = found.decision
    return round === deadRound ? { ...found, decision: { ...found.decision, round: round + 1 } } : null
  })
  if (!isGranted(standing) || standing.decision.role !== role) throw decidedOtherwise(standing)
  const { account } = standing.decision
  if (isNew) await writeAudit(it.office, at, { by, action: 'role-given', about: account, event, details: { role } })
  const invited = await applicationInvitation(it, standing)
  if (invited?.used) return null
  const ttlMinutes = invitationDays * 24 * 60
  const token = applicationToken(it, standing)
  const made = await createInvitation(it, { event, role, name: standing.name, account, ttlMinutes, by, token })
  await queueApplicationMail(it, standing)
  return { ...made, expiresAt: invited?.expiresAt ?? made.expiresAt }
}

/** Says no; the applicant hears of it where that is wanted. ZK-ENTRY-008 when they were given a role before. */
export async function declineApplication(
  it: Installation,
  { event, draft, by }: Asked,
  { word, tell }: { word: string; tell: boolean },
): Promise<void> {
  const at = it.now()
  let isNew = false
  const standing = await amend(it, { event, draft }, (found) => {
    isNew = found.decision === undefined
    return isNew ? { ...found, decision: { is: 'declined', word, by, at } } : null
  })
  if (isGranted(standing)) throw decidedOtherwise(standing)
  if (isNew) await writeAudit(it.office, at, { by, action: 'application-declined', about: draft, event })
  if (tell) await queueApplicationMail(it, standing)
}

/** The round whose invitation ran out or was withdrawn without having been used. */
async function roundRunOut(it: Installation, one: GrantedApplication): Promise<number | null> {
  const invited = await applicationInvitation(it, one)
  const isDead = invited && !invited.used && (invited.withdrawn || invited.expiresAt <= it.now())
  return isDead ? one.decision.round : null
}

async function amend(
  it: Installation,
  { event, draft }: Pick<Asked, 'event' | 'draft'>,
  change: (found: Application) => Application | null,
): Promise<Application> {
  const amended = await amendDoc(it.office, applicationId(event, draft), {
    schema: applicationSchema,
    change: (found: Application | null) => found && change(found),
  })
  if (!amended) throw new AppError('ZK-PLAN-004', { figures: { application: draft } })
  return amended
}

const decidedOtherwise = ({ decision }: Application) =>
  new AppError('ZK-ENTRY-008', {
    figures: { is: decision?.is, ...(decision?.is === 'granted' && { role: decision.role }) },
  })
