import { AppError } from '../../design-docs/errors.ts'
import { type SetUpTicket, setUpTicket } from '../../design-docs/sign-in.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc } from '../login/office.ts'
import { hashOf } from '../login/secrets.ts'

const dayMs = 86_400_000
const id = 'set-up'

/** Makes the right to set this installation up, for a day; the one before it is over. The token is nowhere kept. */
export async function newSetUpTicket(it: Installation): Promise<string> {
  const token = it.random(32).toString('base64url')
  const change = (): SetUpTicket => ({ _id: id, type: id, token: hashOf(token), expiresAt: it.now() + dayMs })
  await amendDoc(it.office, id, { schema: setUpTicket, change })
  return token
}

/** The ticket that this token opens; throws ZK-AUTH-003 for any other. */
export async function findSetUpTicket(it: Installation, token: string): Promise<SetUpTicket> {
  return valid(await readDoc(it.office, id, setUpTicket), { token, now: it.now() })
}

/**
 * Binds the ticket to a code, and names the account of the admin to be. Of two codes at once the first holds and the
 * other gets ZK-AUTH-003; the same code again gets the same account.
 */
export async function claimSetUp(it: Installation, token: string, code: string): Promise<SetUpTicket['claimed'] & {}> {
  const account = `admin-${it.random(6).toString('hex')}`
  const ticket = await amendDoc(it.office, id, {
    schema: setUpTicket,
    change(found) {
      const now = it.now()
      const open = valid(found, { token, now })
      if (open.claimed && open.claimed.event !== code) throw new AppError('ZK-AUTH-003')
      return open.claimed ? null : { ...open, claimed: { at: now, event: code, account } }
    },
  })
  if (!ticket?.claimed) throw new AppError('ZK-AUTH-003')
  return ticket.claimed
}

function valid(ticket: SetUpTicket | null, { token, now }: { token: string; now: number }): SetUpTicket {
  if (!ticket || ticket.token !== hashOf(token) || ticket.expiresAt <= now) throw new AppError('ZK-AUTH-003')
  return ticket
}
