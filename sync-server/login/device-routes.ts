import { Hono } from 'hono'
import { z } from 'zod'
import { type Contact, contact, type Device, device as deviceSchema, noticesAboard } from '../../design-docs/office.ts'
import { instant } from '../../design-docs/primitives.ts'
import { readJson } from '../gateway/read-body.ts'
import { removeDevice } from './devices.ts'
import type { GuardedEnv } from './guard.ts'
import type { Installation } from './installation.ts'
import { maskOf } from './menu-masks.ts'
import { amendDoc, readDocs } from './office.ts'
import { ownDevices, removeOwnDevice } from './own-devices.ts'
import { forgetDevice } from './removed-devices.ts'

/** A device that syncs every second is written down a few times a minute. */
const contactEveryMs = 15_000

const heartbeat = z.object({
  version: z.string().max(60),
  unsent: z.int().min(0),
  photosUnsent: z.int().min(0),
  refused: z.int().min(0).default(0),
  oldestUnsentAt: instant.nullable(),
  clockOffsetMs: z.int().nullable(),
  notices: noticesAboard.optional(),
})

/** What devices say of themselves, and what their person may know and do of them, to be mounted at `/api/devices`. */
export function heartbeatRoutes(it: Installation): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()
  app.post('/heartbeat', async (c) => {
    const said = await readJson(c, heartbeat)
    const { account, device, event, roles } = c.var.caller
    const now = it.now()
    const id = `contact:${device}`
    await amendDoc(it.office, id, {
      schema: contact,
      change(found): Contact | null {
        const wanted: Contact = {
          _id: id,
          type: 'contact',
          device,
          event,
          account,
          as: roles[0] ?? 'staff',
          at: now,
          ...said,
        }
        return found && now - found.at < contactEveryMs && saysTheSame(found, wanted) ? null : wanted
      },
    })
    // Whoever may see more or less from now on hears of it within a minute.
    return c.json({ menus: await maskOf(it, { event, roles }) })
  })
  app.get('/own', async (c) => c.json({ devices: await ownDevices(it, c.var.caller) }))
  app.delete('/own/:device', async (c) => {
    await removeOwnDevice(it, c.var.caller, c.req.param('device'))
    return c.body(null, 204)
  })
  return app
}

/** Removing a device, to be mounted at `/api/events`. */
export function deviceRoutes(it: Installation): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()
  app.delete('/:event/devices/:device', async (c) => {
    const reason = c.req.query('reason')?.slice(0, 300)
    const id = c.req.param('device')
    const by = { by: c.var.caller.account, event: c.req.param('event'), ...(reason ? { reason } : {}) }
    await removeDevice(it, id, by)
    forgetDevice(it, id)
    return c.body(null, 204)
  })
  return app
}

export type DeviceReport = Pick<Device, 'device' | 'name' | 'app' | 'createdAt' | 'removed'> & {
  /** Everyone ever signed in on it, the last one last. */
  holders: { account: string; as: string; teams: string[]; since: number }[]
  contact: Omit<Contact, '_id' | '_rev' | 'type' | 'device' | 'event'> | null
}

/** The devices of an event with what each last said of itself, for the console. */
export async function listDevices(it: Pick<Installation, 'office'>, event: string): Promise<DeviceReport[]> {
  const devices = await readDocs(it.office, 'device', deviceSchema)
  const contacts = new Map((await readDocs(it.office, 'contact', contact)).map((one) => [one.device, one]))
  return devices
    .filter((one) => one.event === event)
    .map(({ device, name, app, createdAt, removed, grants }) => {
      const { _id, _rev, type, device: of, event: where, ...said } = contacts.get(device) ?? ({} as Contact)
      const holders = grants.map(({ account, as, teams, since }) => ({ account, as, teams, since }))
      return {
        device,
        name,
        app,
        createdAt,
        holders,
        contact: contacts.has(device) ? said : null,
        ...(removed ? { removed } : {}),
      }
    })
}

/** Small changes of the clock offset are noise. */
function saysTheSame(a: Contact, b: Contact): boolean {
  const fields = ['account', 'as', 'version', 'unsent', 'photosUnsent', 'refused', 'oldestUnsentAt'] as const
  const near = Math.abs((a.clockOffsetMs ?? 0) - (b.clockOffsetMs ?? 0)) < 2000
  return (
    near && fields.every((field) => a[field] === b[field]) && JSON.stringify(a.notices) === JSON.stringify(b.notices)
  )
}
