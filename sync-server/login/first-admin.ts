import { invitation } from '../../design-docs/sign-in.ts'
import type { Installation } from './installation.ts'
import { invitationLink } from './invitation-routes.ts'
import { createInvitation } from './invitations.ts'
import { readDocs } from './office.ts'

/**
 * A one-time link for the first admin of an event, or null when an admin is in already. An unused one is replaced by
 * the next start, since its token is nowhere kept.
 */
export async function firstAdminLink(
  it: Installation,
  { event, baseUrl, name = 'Admin' }: { event: string; baseUrl: string; name?: string },
): Promise<{ link: string; code: string } | null> {
  const invitations = await readDocs(it.office, 'invitation', invitation)
  const ofAdmins = invitations.filter((one) => one.event === event && one.role === 'admin')
  if (ofAdmins.some((one) => one.used)) return null
  for (const { _id, _rev } of ofAdmins.filter(({ createdBy }) => createdBy === 'server'))
    await it.office.put({ _id, ...(_rev ? { _rev } : {}), _deleted: true })
  const made = await createInvitation(it, { event, role: 'admin', name, by: 'server', ttlMinutes: 24 * 60 })
  return { link: invitationLink(baseUrl, 'admin', made), code: made.code }
}
