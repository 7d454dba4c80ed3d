import { jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { Caller } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type Device, device as deviceSchema, type Grant, publicKey } from '../../design-docs/office.ts'
import { deviceId } from '../../design-docs/primitives.ts'
import type { Installation } from './installation.ts'
import { amendDoc, readDoc, writeAudit } from './office.ts'
import { tokenKey } from './token-key.ts'

/** What an app says of itself when it signs in. */
export const deviceDraft = z.object({
  id: deviceId.refine((id) => id !== 'server'),
  name: z.string().max(120),
  app: z.enum(['staff', 'admin', 'participant', 'display']),
  version: z.string().max(60),
  publicKey: publicKey.optional(),
})
export type DeviceDraft = z.infer<typeof deviceDraft>

const documentId = (id: string) => `device:${id}`
export const findDevice = (it: Installation, id: string) => readDoc(it.office, documentId(id), deviceSchema)

/**
 * Enters a sign-in on the device. Grants are added and never taken away, since facts of an earlier holder may still be
 * aboard. A device id that is known is taken up again only under the key it registered.
 */
export async function grantDevice(it: Installation, draft: DeviceDraft, grant: Omit<Grant, 'since'>): Promise<Device> {
  const now = it.now()
  const granted = await amendDoc(it.office, documentId(draft.id), {
    schema: deviceSchema,
    change(found) {
      if (found?.removed) throw new AppError('ZK-AUTH-004', { figures: { device: draft.id } })
      if (found?.publicKey && !sameKey(found.publicKey, draft.publicKey)) throw new AppError('ZK-GATE-004')
      const base: Device = found ?? {
        _id: documentId(draft.id),
        type: 'device',
        device: draft.id,
        name: draft.name,
        app: draft.app,
        event: grant.event,
        grants: [],
        createdAt: now,
      }
      const grants = base.grants.some((other) => sameGrant(other, grant))
        ? base.grants
        : [...base.grants, { ...grant, since: now }]
      const key = base.publicKey ?? draft.publicKey
      return {
        ...base,
        name: draft.name,
        app: draft.app,
        event: grant.event,
        grants,
        ...(key ? { publicKey: key } : {}),
      }
    },
  })
  if (!granted) throw new AppError('ZK-SYS-002')
  return granted
}

/** Everyone the device may speak for: all who were ever signed in on it, and the caller, whose token proves it. */
export function grantsOf(device: Device | null, caller: Caller): Grant[] {
  const own = caller.roles.map((as) => ({
    account: caller.account,
    as,
    event: caller.event,
    teams: [...caller.teams],
    since: 0,
  }))
  return [...(device?.grants ?? []), ...own]
}

/** Takes a device out of the event; from its next contact on it is told to hand over and wipe. */
export async function removeDevice(
  it: Installation,
  id: string,
  { by, event, reason }: { by: string; event: string; reason?: string },
): Promise<Device> {
  const removed = { at: it.now(), by, ...(reason ? { reason } : {}) }
  const device = await amendDoc(it.office, documentId(id), {
    schema: deviceSchema,
    change(found) {
      if (!found || found.event !== event) throw new AppError('ZK-PLAN-004')
      return found.removed ? null : { ...found, removed }
    },
  })
  if (!device) throw new AppError('ZK-PLAN-004')
  await writeAudit(it.office, it.now(), {
    by,
    action: 'device-removed',
    about: id,
    event,
    details: { reason: reason ?? '' },
  })
  return device
}

/** An order only this server can give; a device wipes on nothing less. */
export async function removalOrder(it: Installation, device: string): Promise<string> {
  return await new SignJWT({ device, order: 'wipe' })
    .setProtectedHeader({ alg: 'ES256', kid: it.keys.signing.kid, typ: 'zekken-order' })
    .setIssuedAt(Math.floor(it.now() / 1000))
    .sign(it.keys.signing.privateKey)
}

/** The device that an order of ours names; throws ZK-AUTH-002 for anything else. */
export async function readRemovalOrder(it: Installation, order: string): Promise<Device> {
  const options = { algorithms: ['ES256'], typ: 'zekken-order', currentDate: new Date(it.now()) }
  const { payload } = await jwtVerify(order, tokenKey(it.keys), options).catch((cause: unknown) => {
    throw new AppError('ZK-AUTH-002', { cause })
  })
  const device = payload.order === 'wipe' ? await findDevice(it, String(payload.device)) : null
  if (!device?.removed) throw new AppError('ZK-AUTH-002')
  return device
}

const sameKey = (a: { x: string; y: string }, b: { x: string; y: string } | undefined) => a.x === b?.x && a.y === b.y
const sameGrant = (a: Omit<Grant, 'since'>, b: Omit<Grant, 'since'>) =>
  a.account === b.account &&
  a.as === b.as &&
  a.event === b.event &&
  [...a.teams].sort().join() === [...b.teams].sort().join()
