import { invitation } from '../../design-docs/office.ts'
import type { Installation } from './installation.ts'
import { invitationLink } from './invitation-routes.ts'
import { createInvitation } from './invitations.ts'
import { readDocs } from './office.ts'

/**
 * A one-time set-up link for the first admin of an event, or null when one has been used. An unused one is replaced by
 * the next start, since its token is nowhere kept.
 */
export async function firstAdminLink(
  it: Installation,
  { event, baseUrl, name = 'Admin' }: { event: string; baseUrl: string; name?: string },
): Promise<{ link: string; code: string } | null> {
  const invitations = await readDocs(it.office, 'invitation', invitation)
  if (invitations.some((one) => one.event === event && one.role === 'admin' && one.used)) return null
  const made = await createInvitation(it, { event, role: 'admin', name, by: 'server', ttlMinutes: 24 * 60 })
  return { link: invitationLink(baseUrl, 'admin', made), code: made.code }
}
