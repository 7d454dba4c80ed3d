import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { databaseName, office } from '../../design-docs/databases.ts'
import type { Verdict, VerdictStatus } from '../../design-docs/derived.ts'
import {
  type Bulk,
  type BulkRow,
  bulkDraft,
  bulkLimit,
  bulkList,
  bulkLook,
  bulkRow,
  reviewQuery,
} from '../../design-docs/disputes.ts'
import { eventCode, ulidText } from '../../design-docs/primitives.ts'
import { noteAudited } from '../audit/request-audit.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { writeAudit } from '../login/office.ts'
import type { ConsoleDeps } from '../results/console-deps.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { chosenBy } from '../results/review-queue.ts'
import { bulkId, bulksOf, runBulk, startBulk, undoBulk } from './bulk-reviews.ts'

const params = z.object({ event: eventCode })
const ofBulk = params.extend({ bulk: ulidText })
const tags = ['review']

/** Many decisions at once: looked at, begun, worked off step by step, and taken back the same way. */
export function bulkRoutes(deps: ConsoleDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  const { couch } = deps
  const audit = async (by: string, done: Bulk, action: 'bulk-decided' | 'bulk-taken-back', of: number) =>
    await writeAudit(couch.database(office), deps.now(), {
      by,
      event: done.event,
      action,
      about: `${databaseName(done.event, 'desk')}/${done._id}`,
      details: { action: done.action, checkins: of, skipped: done.skipped.length },
    })

  const look = createRoute({
    method: 'post',
    path: '/events/{event}/bulks/look',
    tags,
    summary: 'What a bulk by this filter would decide',
    request: { params, body: jsonBody(reviewQuery) },
    responses: jsonAnswer(bulkLook, 'Check-ins'),
  })
  api.openapi(look, async (c) => {
    const { view } = await deps.desks.of(c.req.valid('param').event)
    const chosen = chosenBy(view, c.req.valid('json'))
    const byStatus: Record<VerdictStatus, number> = { PENDING: 0, AUTO_APPROVED: 0, APPROVED: 0, REJECTED: 0 }
    for (const { status } of chosen) byStatus[status]++
    const items = chosen.slice(0, bulkLimit).map(itemOf)
    return c.json({ items, total: chosen.length, byStatus, teams: new Set(chosen.map(({ team }) => team)).size }, 200)
  })

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/bulks',
    tags,
    summary: 'Bulks of late, the newest first',
    request: { params },
    responses: jsonAnswer(bulkList, 'Bulks'),
  })
  api.openapi(list, async (c) => {
    const bulks = await bulksOf(couch, c.req.valid('param').event)
    return c.json({ bulks: bulks.map(rowOf) }, 200)
  })

  const start = createRoute({
    method: 'post',
    path: '/events/{event}/bulks',
    tags,
    summary: 'Begin a bulk; nothing is decided yet',
    request: { params, body: jsonBody(bulkDraft) },
    responses: jsonAnswer(bulkRow, 'The bulk'),
  })
  api.openapi(start, async (c) => {
    const { event } = c.req.valid('param')
    noteAudited()
    const by = { event, author: c.var.caller, nowMs: deps.now() }
    return c.json(rowOf(await startBulk(couch, c.req.valid('json'), by)), 200)
  })

  const run = createRoute({
    method: 'post',
    path: '/events/{event}/bulks/{bulk}/run',
    tags,
    summary: 'Decide on the next check-ins of a bulk',
    request: { params: ofBulk },
    responses: jsonAnswer(bulkRow, 'How far it is'),
  })
  api.openapi(run, async (c) => {
    const { event, bulk: id } = c.req.valid('param')
    noteAudited()
    const done = await runBulk(couch, { event, id, author: c.var.caller, nowMs: deps.now() })
    if (done.next === done.items.length && !done.undo)
      await audit(c.var.caller.account, done, 'bulk-decided', done.items.length)
    return c.json(rowOf(done), 200)
  })

  const undo = createRoute({
    method: 'post',
    path: '/events/{event}/bulks/{bulk}/undo',
    tags,
    summary: 'Take back the next reviews of a bulk',
    request: { params: ofBulk },
    responses: jsonAnswer(bulkRow, 'How far it is'),
  })
  api.openapi(undo, async (c) => {
    const { event, bulk: id } = c.req.valid('param')
    noteAudited()
    const done = await undoBulk(couch, { event, id, author: c.var.caller, nowMs: deps.now() })
    if (done.undo?.next === done.next) await audit(c.var.caller.account, done, 'bulk-taken-back', done.next)
    return c.json(rowOf(done), 200)
  })
  return api
}

const itemOf = ({ checkin, reviewedAt }: Verdict) => ({
  checkin,
  ...(reviewedAt !== undefined && { seen: reviewedAt }),
})

const rowOf = ({ _id, by, at, action, comment, items, next, skipped, undo }: Bulk): BulkRow => ({
  id: _id.slice(bulkId('').length),
  ...{ by, at, action, next, skipped },
  total: items.length,
  ...(comment !== undefined && { comment }),
  ...(undo && { undo }),
})
