import type { Caller } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import { contact, session as sessionSchema } from '../../design-docs/office.ts'
import { findDevice, removeDevice } from './devices.ts'
import type { Installation } from './installation.ts'
import { readDoc, readDocs } from './office.ts'
import { forgetDevice } from './removed-devices.ts'

export type OwnDevice = {
  device: string
  name: string
  app: string
  /** Who is signed in on it. */
  holder: string
  since: number
  lastSeenAt: number
  isThis: boolean
}

/** Devices on which the caller is signed in; for a participant those of the whole team. The one asking comes first. */
export async function ownDevices(it: Installation, caller: Caller): Promise<OwnDevice[]> {
  const now = it.now()
  const isTeam = caller.roles.includes('participant')
  const sessions = (await readDocs(it.office, 'session', sessionSchema)).filter(
    ({ event, account, role, teams, ended, expiresAt }) =>
      event === caller.event &&
      !ended &&
      expiresAt > now &&
      (account === caller.account ||
        (isTeam && role === 'participant' && teams.some((team) => caller.teams.includes(team)))),
  )
  const newest = new Map(sessions.sort((one, other) => one.createdAt - other.createdAt).map((one) => [one.device, one]))
  const found = await Promise.all(
    [...newest.values()].map(async ({ device, name: holder, createdAt, lastUsedAt }) => {
      const [known, said] = await Promise.all([
        findDevice(it, device),
        readDoc(it.office, `contact:${device}`, contact),
      ])
      if (!known || known.removed) return []
      const lastSeenAt = Math.max(lastUsedAt, said?.at ?? 0)
      return [
        {
          device,
          name: known.name,
          app: known.app,
          holder,
          since: createdAt,
          lastSeenAt,
          isThis: device === caller.device,
        },
      ]
    }),
  )
  return found
    .flat()
    .sort((one, other) => Number(other.isThis) - Number(one.isThis) || other.lastSeenAt - one.lastSeenAt)
}

/** Takes out a device of one's own, a lost phone say: it hands over what it has and wipes itself. Never the one asking. */
export async function removeOwnDevice(it: Installation, caller: Caller, device: string): Promise<void> {
  const own = await ownDevices(it, caller)
  if (!own.some((one) => one.device === device && !one.isThis)) throw new AppError('ZK-PLAN-004')
  await removeDevice(it, device, { by: caller.account, event: caller.event })
  forgetDevice(it, device)
}
