import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Caller } from '../../design-docs/access.ts'
import { plan, planChange, planEffect as planEffectSchema } from '../../design-docs/console.ts'
import { office } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { checkpoint as checkpointSchema, event as eventSchema } from '../../design-docs/plan.ts'
import { checkpointNumber, eventCode } from '../../design-docs/primitives.ts'
import { changedFields } from '../audit/changed-fields.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { writeAudit } from '../login/office.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { jsonAnswer, jsonBody } from './json-answer.ts'
import { openApi } from './open-api.ts'
import { byNumber } from './overview.ts'
import { planEffect } from './plan-effect.ts'
import { maxReferenceBytes, readReference, saveReference } from './reference-photo.ts'
import { readPlan, saveCheckpoint, saveEvent } from './save-plan.ts'

const ofEvent = z.object({ event: eventCode })
const ofCheckpoint = ofEvent.extend({ number: checkpointNumber })
const tags = ['plan']

/** The plan, edited by admins; every clash is shown, every change can be tried before it is saved. */
export function planRoutes(deps: ConsoleDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-PLAN-002')
  const { couch } = deps

  const read = createRoute({
    method: 'get',
    path: '/events/{event}/plan',
    tags,
    summary: 'Event, classes, rules and checkpoints',
    request: { params: ofEvent },
    responses: jsonAnswer(plan, 'Plan'),
  })
  api.openapi(read, async (c) => {
    const { event } = c.req.valid('param')
    const current = await readPlan(couch, event)
    const checkpoints = [...current.checkpoints.values()].sort((a, b) => byNumber(a.number, b.number))
    return c.json({ event: current.event, checkpoints }, 200)
  })

  const preview = createRoute({
    method: 'post',
    path: '/events/{event}/plan/preview',
    tags,
    summary: 'What a change would do to the results',
    request: { params: ofEvent, body: jsonBody(planChange) },
    responses: jsonAnswer(planEffectSchema, 'Effect'),
  })
  api.openapi(preview, async (c) => {
    const { event } = c.req.valid('param')
    return c.json(await planEffect(couch, await readPlan(couch, event), c.req.valid('json')), 200)
  })

  const putEvent = createRoute({
    method: 'put',
    path: '/events/{event}/plan/event',
    tags,
    summary: 'Save event, classes and rules',
    request: { params: ofEvent, body: jsonBody(eventSchema) },
    responses: jsonAnswer(eventSchema, 'As saved'),
  })
  api.openapi(putEvent, async (c) => {
    const { event } = c.req.valid('param')
    const wanted = c.req.valid('json')
    refuseOther(wanted.event === event)
    const { event: was } = await readPlan(couch, event)
    const saved = await saveEvent(couch, wanted)
    await auditPlan(deps, c.var.caller, { event, about: 'event', was, is: saved })
    return c.json(saved, 200)
  })

  const putCheckpoint = createRoute({
    method: 'put',
    path: '/events/{event}/plan/checkpoints/{number}',
    tags,
    summary: 'Save a checkpoint',
    request: { params: ofCheckpoint, body: jsonBody(checkpointSchema) },
    responses: jsonAnswer(checkpointSchema, 'As saved'),
  })
  api.openapi(putCheckpoint, async (c) => {
    const { event, number } = c.req.valid('param')
    const wanted = c.req.valid('json')
    refuseOther(wanted.event === event && wanted.number === number && wanted._id === `checkpoint:${number}`)
    const was = (await readPlan(couch, event)).checkpoints.get(number) ?? null
    const saved = await saveCheckpoint(couch, wanted)
    await auditPlan(deps, c.var.caller, { event, about: `checkpoint:${number}`, was, is: saved })
    return c.json(saved, 200)
  })

  const getReference = createRoute({
    method: 'get',
    path: '/events/{event}/plan/checkpoints/{number}/reference',
    tags,
    summary: 'The reference photo of a checkpoint',
    request: { params: ofCheckpoint },
    responses: { 200: { description: 'JPEG', content: { 'image/jpeg': { schema: z.string() } } } },
  })
  api.openapi(getReference, async (c) => {
    const asked = c.req.valid('param')
    const bytes = await readReference(couch, asked)
    return c.body(new Uint8Array(bytes), 200, { 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=60' })
  })

  const putReference = createRoute({
    method: 'put',
    path: '/events/{event}/plan/checkpoints/{number}/reference',
    tags,
    summary: 'Give a checkpoint its reference photo, as raw bytes',
    request: { params: ofCheckpoint },
    responses: jsonAnswer(z.object({ stored: z.literal(true) }), 'Stored'),
  })
  api.openapi(putReference, async (c) => {
    const asked = c.req.valid('param')
    if (Number(c.req.header('content-length') ?? 0) > maxReferenceBytes) throw new AppError('ZK-GATE-003')
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.length > maxReferenceBytes) throw new AppError('ZK-GATE-003')
    await saveReference(deps, asked, bytes)
    return c.json({ stored: true as const }, 200)
  })
  return api
}

type PlanEdit = { event: string; about: string; was: object | null; is: object }

/** Field by field what was and what is; both were read for one saving, which the database's own revisions guard. */
async function auditPlan({ couch, now }: ConsoleDeps, { account: by }: Caller, edit: PlanEdit): Promise<void> {
  const { event, about, was, is } = edit
  const changed = changedFields(was, is)
  await writeAudit(couch.database(office), now(), { by, event, action: 'plan-changed', about, ...changed })
}

function refuseOther(same: boolean): void {
  if (!same) throw new AppError('ZK-PLAN-002', { figures: { fields: [{ field: 'event', problem: 'another' }] } })
}
