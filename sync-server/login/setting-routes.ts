import { Hono } from 'hono'
import { z } from 'zod'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type SettingDoc, setting as settingSchema } from '../../design-docs/plan.ts'
import {
  type SettingKey,
  settingId,
  settingKeys,
  settingProblem,
  settings,
  settingValue,
} from '../../design-docs/settings.ts'
import { readJson } from '../gateway/read-body.ts'
import type { GuardedEnv } from './guard.ts'
import type { Installation } from './installation.ts'
import { writeAudit } from './office.ts'

/** A null value takes the event's own one away, so that the product's holds again. */
const wanted = z.strictObject({ value: z.json(), _rev: z.string().nullable() })

/** What running servers and phones follow, to be mounted at `/api/events`. */
export function settingRoutes(it: Installation): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()
  const deskOf = (event: string) => it.couch.database(databaseName(event, 'desk'))

  app.get('/:event/settings', async (c) => c.json({ settings: await readSettings(it, c.req.param('event')) }))

  app.put('/:event/settings/:key', async (c) => {
    const event = c.req.param('event')
    const key = knownKey(c.req.param('key'))
    const { value, _rev } = await readJson(c, wanted)
    const problem = value === null ? null : settingProblem(key, value)
    if (problem) throw new AppError('ZK-PLAN-002', { figures: { fields: [{ field: 'value', problem }] } })
    const by = c.var.caller.account
    const base = { _id: settingId(key), ...(_rev === null ? {} : { _rev }) }
    const doc: SettingDoc = settingSchema.parse({
      ...base,
      type: 'setting',
      event,
      key,
      value: value ?? settings[key].value,
      atRunTime: true,
      source: value === null ? '' : by,
      onDevice: settings[key].onDevice,
      changedAt: it.now(),
    })
    const before = (await readSettings(it, event)).find((one) => one.key === key)
    // What nobody has ever set needs no taking away.
    const nothing = value === null && _rev === null
    const rev = nothing ? '' : await deskOf(event).put(doc)
    const now = await readSettings(it, event)
    if (rev === null) throw new AppError('ZK-PLAN-001', { figures: { theirs: now.find((one) => one.key === key) } })
    const was = before?.source === null ? null : (before?.value ?? null)
    await writeAudit(it.office, it.now(), { by, action: 'setting-saved', about: key, event, was, is: value })
    return c.json({ settings: now })
  })
  return app
}

/** All of them as they hold, with who set them; null where nobody did. */
async function readSettings(it: Installation, event: string) {
  const desk = it.couch.database(databaseName(event, 'desk'))
  return await Promise.all(
    settingKeys.map(async (key) => {
      const doc = (await desk.get(settingId(key))) as unknown as SettingDoc | null
      return { key, value: settingValue(key, doc), source: doc?.source || null, _rev: doc?._rev ?? null }
    }),
  )
}

function knownKey(key: string): SettingKey {
  const known = settingKeys.find((one) => one === key)
  if (!known) throw new AppError('ZK-PLAN-004', { figures: { setting: key } })
  return known
}
