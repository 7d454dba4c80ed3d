import { AppError } from '../../design-docs/errors.ts'
import { eventRules } from '../../design-docs/plan.ts'
import type { FirstEvent } from '../../design-docs/set-up.ts'
import { invitation as invitationSchema } from '../../design-docs/sign-in.ts'
import type { Installation } from '../login/installation.ts'
import { createInvitation, invitationId } from '../login/invitations.ts'
import { readDoc, writeAudit } from '../login/office.ts'
import { createEvent, type EventDraft } from './create-event.ts'
import { ownEvents } from './own-events.ts'
import { claimSetUp, findSetUpTicket } from './set-up-ticket.ts'

/** The code that the link is bound to, or null; throws ZK-AUTH-003 once the link is good for nothing. */
export async function lookAtSetUp(it: Installation, token: string): Promise<{ code: string | null }> {
  const { claimed } = await findSetUpTicket(it, token)
  const made = await readDoc(it.office, invitationId(token), invitationSchema)
  if (made?.used) throw new AppError('ZK-AUTH-003')
  return { code: claimed?.event ?? null }
}

/**
 * Makes the first event of an installation by its set-up link; the link's token then signs the admin in, once. Twice is
 * once: a page that lost the answer sends the same again, until the token has been used.
 */
export async function setUpEvent(it: Installation, token: string, wanted: FirstEvent): Promise<{ invitation: string }> {
  await findSetUpTicket(it, token)
  const others = (await ownEvents(it.couch)).filter((code) => code !== wanted.code)
  if (others.length > 0) throw new AppError('ZK-AUTH-003')
  const { account } = await claimSetUp(it, token, wanted.code)
  const made = await readDoc(it.office, invitationId(token), invitationSchema)
  if (made?.used) throw new AppError('ZK-AUTH-003')
  if (!made) {
    await createEvent(it.couch, draftOf(wanted), { now: it.now })
    const about = { by: account, action: 'event-made', about: wanted.code, event: wanted.code } as const
    await writeAudit(it.office, it.now(), about)
    const admin = { event: wanted.code, role: 'admin', name: wanted.adminName, account, by: account } as const
    await createInvitation(it, { ...admin, ttlMinutes: 24 * 60, token })
  }
  return { invitation: token }
}

const hourMs = 3_600_000

/** People come before the start and stay after the limit; both ends are moved in the console. */
function draftOf({ code, name, timeZone, startsAt, className, limitMinutes }: FirstEvent): EventDraft {
  return {
    code,
    name,
    timeZone,
    phase: 'draft',
    startsAt: Math.max(0, startsAt - hourMs),
    endsAt: startsAt + limitMinutes * 60_000 + hourMs,
    classes: [{ id: 'class-1', name: className, startsAt, limitMinutes }],
    rules: eventRules.parse({}),
  }
}
