import { AppError } from '../../design-docs/errors.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { type Invitation, invitationCode, invitation as invitationSchema } from '../../design-docs/sign-in.ts'
import { demandRemembered } from '../forget/forgotten-teams.ts'
import type { Installation } from './installation.ts'
import { amendDoc, readDoc, readDocs, writeAudit } from './office.ts'
import { rememberAccount } from './remember-account.ts'
import { codeHashOf, hashOf, newCode } from './secrets.ts'

/** A code is short, so it is soon over. */
export const codeMs = 10 * 60_000

export type InvitationDraft = {
  event: string
  role: Exclude<Role, 'server'>
  /** The own team of a participant, the named ones of an agent. */
  teams?: readonly string[]
  /** The person's name, shown beside what they record. */
  name: string
  /** An existing account, to sign in on a further device; a new one when absent. */
  account?: string
  ttlMinutes: number
  by: string
  /** Instead of a new one: 32 random bytes that only this person has, in base64url. */
  token?: string
}
export type NewInvitation = { token: string; code: string; codeExpiresAt: number; expiresAt: number; account: string }

/** Makes a way in for one person. Token and code are answered once and kept only as hashes. */
export async function createInvitation(it: Installation, draft: InvitationDraft): Promise<NewInvitation> {
  await demandRemembered(it, draft.event, draft.teams ?? [])
  const now = it.now()
  const token = draft.token ?? it.random(32).toString('base64url')
  const code = newCode(it.random)
  const account = draft.account ?? `${draft.role}-${it.random(6).toString('hex')}`
  const expiresAt = now + draft.ttlMinutes * 60_000
  const codeExpiresAt = Math.min(expiresAt, now + codeMs)
  const id = invitationId(token)
  const doc: Invitation = {
    _id: id,
    type: 'invitation',
    event: draft.event,
    role: draft.role,
    teams: [...(draft.teams ?? [])],
    account,
    name: draft.name,
    createdBy: draft.by,
    createdAt: now,
    expiresAt,
  }
  await it.office.put(invitationSchema.parse(doc))
  await rememberAccount(it, doc)
  const codeId = `code:${codeHashOf(it.keys, code)}`
  await it.office.put({ _id: codeId, type: 'code', invitation: id, expiresAt: codeExpiresAt })
  const details = { role: draft.role, teams: doc.teams, name: draft.name }
  await writeAudit(it.office, now, {
    by: draft.by,
    action: 'invitation-made',
    about: account,
    event: draft.event,
    details,
  })
  return { token, code, codeExpiresAt, expiresAt, account }
}

/** Tokens are 43 characters, codes eight; either opens the same door. */
export type Ticket = { token: string } | { code: string }

/** The invitation behind a token or code while it can still be used; throws ZK-AUTH-003 otherwise. */
export async function findInvitation(it: Installation, ticket: Ticket): Promise<Invitation> {
  const now = it.now()
  const found = await readDoc(it.office, await ticketId(it, ticket), invitationSchema)
  if (!found || found.used || found.withdrawn || found.expiresAt <= now) throw new AppError('ZK-AUTH-003')
  return found
}

/**
 * Uses an invitation up. Of two devices at once one gets in; the same device that lost the answer gets in again, for as
 * long as the invitation itself would have lived.
 */
export async function consumeInvitation(it: Installation, ticket: Ticket, device: string): Promise<Invitation> {
  const now = it.now()
  const used = await amendDoc(it.office, await ticketId(it, ticket), {
    schema: invitationSchema,
    change(found) {
      if (!found || found.withdrawn || found.expiresAt <= now) throw new AppError('ZK-AUTH-003')
      if (found.used && found.used.device !== device) throw new AppError('ZK-AUTH-003')
      return found.used ? null : { ...found, used: { at: now, device } }
    },
  })
  if (!used) throw new AppError('ZK-AUTH-003')
  return used
}

/** Ends every invitation of an account that has not been used; answers how many. A used one stays: its device can be removed. */
export async function withdrawInvitations(
  it: Installation,
  { event, account, by }: { event: string; account: string; by: string },
): Promise<number> {
  const all = await readDocs(it.office, 'invitation', invitationSchema)
  const ofAccount = all.filter((one) => one.event === event && one.account === account)
  if (ofAccount.length === 0) throw new AppError('ZK-PLAN-004', { figures: { account } })
  const at = it.now()
  let count = 0
  for (const { _id } of ofAccount) {
    let withdrawn = false
    await amendDoc(it.office, _id, {
      schema: invitationSchema,
      change(found) {
        withdrawn = found !== null && !found.used && !found.withdrawn
        return found && withdrawn ? { ...found, withdrawn: { at, by } } : null
      },
    })
    if (withdrawn) count++
  }
  if (count > 0) await writeAudit(it.office, at, { by, action: 'invitation-withdrawn', about: account, event })
  return count
}

export const invitationId = (token: string) => `invitation:${hashOf(token)}`

async function ticketId(it: Installation, ticket: Ticket): Promise<string> {
  if ('token' in ticket) return invitationId(ticket.token)
  const code = await readDoc(it.office, `code:${codeHashOf(it.keys, ticket.code)}`, invitationCode)
  if (!code || code.expiresAt <= it.now()) throw new AppError('ZK-AUTH-003')
  return code.invitation
}
