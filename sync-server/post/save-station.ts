import { AppError, type BadField } from '../../design-docs/errors.ts'
import {
  loopback,
  type Station,
  type StationDraft,
  stationDocId,
  station as stationSchema,
} from '../../design-docs/stations.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc } from '../login/office.ts'
import { sealSecret } from './seal-secret.ts'

const bad = (field: string, problem: BadField['problem']) =>
  new AppError('ZK-PLAN-002', { figures: { fields: [{ field, problem }] } })

/** A new station; its password is sealed and never shown again. */
export async function makeStation(it: Installation, { password, ...draft }: StationDraft): Promise<Station> {
  mustBeSafe(draft)
  const id = it.random(8).toString('hex')
  const secret = password === undefined ? {} : { secret: sealSecret(it, id, password) }
  const made = await amendDoc<Station>(it.office, stationDocId(id), {
    schema: stationSchema,
    change: () => ({
      _id: stationDocId(id),
      type: 'station',
      id,
      ...draft,
      source: 'console',
      ...secret,
      createdAt: it.now(),
    }),
  })
  if (!made) throw new AppError('ZK-SYS-002')
  return made
}

/**
 * Changes a station. One from the environment keeps its endpoint. A station that is to sign in elsewhere, or as someone
 * else, needs its password anew: what nobody can read, nobody may have sent to a server of their choice either.
 */
export async function changeStation(it: Installation, id: string, { password, ...draft }: StationDraft): Promise<void> {
  mustBeSafe(draft)
  const changed = await amendDoc<Station>(it.office, stationDocId(id), {
    schema: stationSchema,
    change(found) {
      if (!found) throw new AppError('ZK-SYS-003')
      const { name, mailsPerDay, minutesPerDay, paused } = draft
      if (found.source === 'environment') return { ...found, name, mailsPerDay, minutesPerDay, paused }
      const isElsewhere = (['host', 'port', 'security', 'user'] as const).some((field) => found[field] !== draft[field])
      if (isElsewhere && found.secret && password === undefined) throw bad('password', 'missing')
      return { ...found, ...draft, ...(password === undefined ? {} : { secret: sealSecret(it, id, password) }) }
    },
  })
  if (!changed) throw new AppError('ZK-SYS-003')
}

function mustBeSafe({ security, host }: Pick<StationDraft, 'security' | 'host'>): void {
  if (security === 'plain' && !loopback.test(host)) throw bad('security', 'choice')
}
