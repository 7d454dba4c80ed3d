import { createHash } from 'node:crypto'
import {
  type Applicant,
  applicant as applicantSchema,
  type OfficeRole,
  officeRoles,
} from '../../design-docs/applications.ts'
import { AppError } from '../../design-docs/errors.ts'
import { registeredEvents } from '../setup/event-register.ts'
import type { Person } from './admit.ts'
import type { Installation } from './installation.ts'
import { amendDoc, writeAudit } from './office.ts'
import type { OpenIdApp } from './oidc-attempt.ts'
import type { OpenIdClaims } from './oidc-issuer.ts'

type Place = { event: string; role: OfficeRole }

/** What a session of each app may be for, the widest first: a session has one role. */
const order: Record<OpenIdApp, readonly OfficeRole[]> = {
  staff: ['admin', 'core', 'staff', 'corner', 'judge'],
  admin: ['admin', 'core', 'judge'],
}

/**
 * The person whom the claims are about, in a role by claim or, where no claim names one, by an admin's grant. Of several
 * events it is the newest. Whoever has no role at all is written down for the admins, and told so by ZK-AUTH-007.
 */
export async function openIdPerson(
  it: Installation,
  { claims, rolesClaim, app }: { claims: OpenIdClaims; rolesClaim: string | undefined; app: OpenIdApp },
): Promise<Person> {
  const account = openIdAccount(claims)
  const name = nameIn(claims)
  const events = (await registeredEvents(it.couch)).sort((one, other) => other.createdAt - one.createdAt)
  const ofHere = (places: readonly Place[]) => places.filter(({ event }) => events.some(({ code }) => code === event))
  const claimed = rolesClaim === undefined ? [] : ofHere(placesIn(claims[rolesClaim]))
  const places = claimed.length > 0 ? claimed : ofHere((await apply(it, account, claims)).grants)
  if (places.length === 0) throw new AppError('ZK-AUTH-007', { figures: { name, account } })
  for (const { code: event } of events) {
    const role = order[app].find((one) => places.some((place) => place.event === event && place.role === one))
    // An account is of one event, so a person of two has one in each.
    if (role) return { account: `${account}-${event}`, name, event, role, teams: [] }
  }
  throw new AppError('ZK-AUTH-002')
}

/** Only issuer and subject together name a person (OpenID Connect Core 1.0, 5.7); a name or an address may change hands. */
export const openIdAccount = ({ iss, sub }: Pick<OpenIdClaims, 'iss' | 'sub'>) =>
  `oidc-${createHash('sha256')
    .update(JSON.stringify([iss, sub]))
    .digest('hex')
    .slice(0, 24)}`

async function apply(it: Installation, account: string, claims: OpenIdClaims): Promise<Applicant> {
  const _id = `applicant:${account}`
  const { email, email_verified: verified } = claims
  const mail = typeof email === 'string' ? { address: email.slice(0, 254), verified: verified === true } : null
  let isNew = false
  const stands = await amendDoc(it.office, _id, {
    schema: applicantSchema,
    change(found): Applicant {
      isNew = !found
      const { iss: issuer, sub } = claims
      const said = { issuer, subject: sub.slice(0, 255), name: nameIn(claims), mail }
      const now = it.now()
      return {
        _id,
        type: 'applicant',
        account,
        ...said,
        firstAt: found?.firstAt ?? now,
        at: now,
        grants: found?.grants ?? [],
      }
    },
  })
  if (!stands) throw new AppError('ZK-SYS-002')
  if (isNew) await writeAudit(it.office, it.now(), { by: account, action: 'applied', about: account })
  return stands
}

function nameIn({ name, preferred_username, email, sub }: OpenIdClaims): string {
  const texts = [name, preferred_username, email, sub].map((one) => (typeof one === 'string' ? one.trim() : ''))
  return (texts.find(Boolean) ?? '?').slice(0, 120)
}

/** `event:role`, once or in a list; what is anything else gives no role. */
function placesIn(claim: unknown): Place[] {
  const texts: unknown[] = Array.isArray(claim) ? claim : [claim]
  return texts.flatMap((text) => {
    const [event = '', given, ...rest] = typeof text === 'string' ? text.split(':') : []
    const role = officeRoles.find((one) => one === given)
    return role && rest.length === 0 ? [{ event, role }] : []
  })
}
