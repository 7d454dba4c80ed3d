import { office } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type Session, session as sessionSchema } from '../../design-docs/office.ts'
import { gatheredRead } from '../couch/gathered.ts'
import { teamForgotten } from '../forget/forgotten-teams.ts'
import type { Person } from './admit.ts'
import { findDevice, removalOrder } from './devices.ts'
import type { Installation } from './installation.ts'
import { amendDoc, writeAudit } from './office.ts'
import { hashOf, issuedBy, newSessionSecret } from './secrets.ts'

/** A phone may be away for the length of the longest event and its preparation. */
export const sessionMs = 60 * 24 * 3_600_000
/** Two tabs refresh at once and one cookie wins: for so long the loser's secret is no theft. */
export const graceMs = 2 * 60_000
const secretsKept = 20

const documentId = (id: string) => `session:${id}`
const cookieOf = (id: string, secret: string) => `${id}.${secret}`

/** Whether somebody signed out of it, or it was ended for them; many at once cost one read. */
export async function isSessionEnded({ couch }: Pick<Installation, 'couch'>, id: string): Promise<boolean> {
  const found = await gatheredRead(couch, office)(documentId(id))
  return found?.ended !== undefined
}

/** Begins a session; the cookie value is answered once and kept only as a hash. */
export async function startSession(
  it: Installation,
  person: Person,
  device: string,
): Promise<{ session: Session; cookie: string }> {
  const now = it.now()
  const id = it.random(16).toString('hex')
  const secret = newSessionSecret(it, id)
  const session: Session = {
    _id: documentId(id),
    type: 'session',
    account: person.account,
    name: person.name,
    event: person.event,
    role: person.role,
    teams: person.teams,
    device,
    createdAt: now,
    lastUsedAt: now,
    expiresAt: now + sessionMs,
    secrets: [{ hash: hashOf(secret), from: null, issuedAt: now }],
  }
  await it.office.put(sessionSchema.parse(session))
  return { session, cookie: cookieOf(id, secret) }
}

type Outcome = 'refreshed' | 'unknown' | 'reused'

/**
 * Exchanges the cookie for a new one. A secret retires when one issued from it is used, not when it is issued, so an
 * answer lost on the way costs nothing; a retired one that comes back after the grace was copied, and ends the session.
 */
export async function refreshSession(it: Installation, cookie: string): Promise<{ session: Session; cookie: string }> {
  const now = it.now()
  const [id = '', given = ''] = cookie.split('.')
  const hash = hashOf(given)
  const secret = newSessionSecret(it, id)
  let outcome: Outcome = 'unknown'
  const session = await amendDoc(it.office, documentId(id.replace(/[^0-9a-f]/g, '')), {
    schema: sessionSchema,
    change(found): Session | null {
      outcome = 'unknown'
      if (!found) return null
      const issued = issuedBy(it, id, given)
      const known = lostWithARestore(found.secrets, issued) ? knowAgain(found.secrets, hash, issued) : found.secrets
      const shown = known.find((one) => one.hash === hash)
      if (!shown) return null
      if (found.ended || found.expiresAt <= now) return null
      if (shown.retiredAt !== undefined && now - shown.retiredAt > graceMs) {
        outcome = 'reused'
        return { ...found, ended: { at: now, why: 'reused' } }
      }
      outcome = 'refreshed'
      const next = { hash: hashOf(secret), from: hash, issuedAt: now }
      const secrets = bounded([...retireBefore(known, shown.hash, now), next], hash)
      return { ...found, secrets, lastUsedAt: now, expiresAt: now + sessionMs }
    },
  })
  await refuseRemoved(it, session, hash)
  const result = outcome as Outcome
  if (result === 'reused' && session) {
    const { account, device, event } = session
    await writeAudit(it.office, now, { by: account, action: 'session-reused', about: device, event })
  }
  if (result !== 'refreshed' || !session) throw new AppError('ZK-AUTH-001')
  return { session, cookie: cookieOf(id, secret) }
}

/** Ends the session behind the cookie; one that is over or unknown needs no ending. */
export async function endSession(
  it: Installation,
  cookie: string,
  why: 'left' | 'replaced' = 'left',
): Promise<Session | null> {
  const [id = '', given = ''] = cookie.split('.')
  const hash = hashOf(given)
  return await amendDoc(it.office, documentId(id.replace(/[^0-9a-f]/g, '')), {
    schema: sessionSchema,
    change: (found) =>
      found && !found.ended && found.secrets.some((known) => known.hash === hash)
        ? { ...found, ended: { at: it.now(), why } }
        : null,
  })
}

/**
 * Ours, and younger than all that this data knows of the session: the data is an older copy, which must not lock out
 * every phone whose secret has moved on since.
 */
const lostWithARestore = (secrets: Session['secrets'], issuedAt: number | null): issuedAt is number =>
  issuedAt !== null && secrets.every((known) => known.issuedAt < issuedAt)

/** What the copy knew came before the lost secret, so that it retires by the same rule as ever. */
const knowAgain = (secrets: Session['secrets'], hash: string, issuedAt: number): Session['secrets'] => [
  ...secrets,
  { hash, from: secrets.at(-1)?.hash ?? null, issuedAt },
]

/** Using a secret proves that it arrived, so what it was issued from, and that one's other issue, is over. */
function retireBefore(secrets: Session['secrets'], used: string, now: number): Session['secrets'] {
  const shown = secrets.find((one) => one.hash === used)
  if (!shown || shown.from === null) return secrets
  const position = secrets.indexOf(shown)
  return secrets.map((one, i) => {
    const older = i < position && one.hash !== used
    const sibling = one.from === shown.from && one.hash !== used
    return (older || sibling) && one.retiredAt === undefined ? { ...one, retiredAt: now } : one
  })
}

/** Drops the oldest but the one in use: a phone that loses twenty answers in a row must still get in with it. */
function bounded(secrets: Session['secrets'], inUse: string): Session['secrets'] {
  const spare = secrets.length - secretsKept
  const dropped = spare > 0 ? secrets.filter((one) => one.hash !== inUse).slice(0, spare) : []
  return secrets.filter((one) => !dropped.includes(one))
}

/** A removed device, and one whose team is forgotten, is told so by a signed order, even when its session is over; only a secret of its own gets it. */
async function refuseRemoved(it: Installation, session: Session | null, hash: string): Promise<void> {
  if (!session?.secrets.some((known) => known.hash === hash)) return
  if (session.ended?.why === 'forgotten') throw await teamForgotten(it, session)
  const device = await findDevice(it, session.device)
  if (!device?.removed) return
  throw new AppError('ZK-AUTH-004', { figures: { order: await removalOrder(it, session.device) } })
}
