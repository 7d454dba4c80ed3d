import { SignJWT } from 'jose'
import type { Caller } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type ForgottenTeam, forgottenTeam, forgottenTeamId } from '../../design-docs/forgetting.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc, readDocs } from '../login/office.ts'
import { keptMs } from './forgotten-events.ts'

type Known = { found: Promise<ReadonlySet<string>>; until: number }
const knownBy = new WeakMap<Installation['office'], Map<string, Known>>()

export const findForgottenTeam = (it: Pick<Installation, 'office'>, event: string, team: string) =>
  readDoc(it.office, forgottenTeamId(event, team), forgottenTeam)

export const readForgottenTeams = (it: Pick<Installation, 'office'>, event?: string): Promise<ForgottenTeam[]> =>
  readDocs(it.office, event === undefined ? 'forgotten-team' : `forgotten-team:${event}`, forgottenTeam)

/** Numbers of the teams of an event that are forgotten or about to be. Asked with every push, so the answer is kept for three seconds. */
export async function forgottenTeams(
  it: Pick<Installation, 'office' | 'now'>,
  event: string,
): Promise<ReadonlySet<string>> {
  const known = knownBy.get(it.office) ?? new Map<string, Known>()
  knownBy.set(it.office, known)
  const now = it.now()
  let kept = known.get(event)
  if (!kept || kept.until <= now || kept.until > now + keptMs) {
    if (known.size > 1000) known.clear()
    const found = readForgottenTeams(it, event).then((all) => new Set(all.map(({ team }) => team)))
    // A failed look-up is not kept: the next request asks again.
    found.catch(() => known.delete(event))
    kept = { found, until: now + keptMs }
    known.set(event, kept)
  }
  return await kept.found
}

/** Makes what was just written hold from the next request on, in this process. */
export function askTeamsAnew(it: Pick<Installation, 'office'>, event: string): void {
  knownBy.get(it.office)?.delete(event)
}

/** Throws ZK-AUTH-010, with the order by which this device lets go, for who speaks for a forgotten team and nobody else. */
export async function refuseForgottenTeam(it: Installation, caller: Caller): Promise<void> {
  const { event, device, roles, teams } = caller
  if (teams.length === 0 || !roles.includes('participant')) return
  const gone = await forgottenTeams(it, event)
  if (gone.size === 0 || !teams.every((team) => gone.has(team))) return
  throw await teamForgotten(it, { event, device })
}

/**
 * Throws ZK-AUTH-010 where all of these teams are forgotten: nobody is let in for them and nothing new is said of them.
 * Without an order: the device that asks may hold what is somebody else's.
 */
export async function demandRemembered(
  it: Pick<Installation, 'office' | 'now'>,
  event: string,
  teams: readonly string[],
): Promise<void> {
  if (teams.length === 0) return
  const gone = await forgottenTeams(it, event)
  if (teams.every((team) => gone.has(team))) throw new AppError('ZK-AUTH-010')
}

export async function teamForgotten(
  it: Pick<Installation, 'keys' | 'now'>,
  { event, device }: Pick<Caller, 'event' | 'device'>,
): Promise<AppError> {
  // Other devices of the event must not follow it.
  const order = await new SignJWT({ event, device, order: 'forget' })
    .setProtectedHeader({ alg: 'ES256', kid: it.keys.signing.kid, typ: 'zekken-order' })
    .setIssuedAt(Math.floor(it.now() / 1000))
    .sign(it.keys.signing.privateKey)
  return new AppError('ZK-AUTH-010', { figures: { order } })
}
