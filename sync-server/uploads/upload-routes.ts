import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Caller } from '../../design-docs/access.ts'
import { AppError } from '../../design-docs/errors.ts'
import { eventCode, ulidText } from '../../design-docs/primitives.ts'
import {
  alikeList,
  type BatchHead,
  type BatchView,
  batchChange,
  batchList,
  batchView,
  choicesMade,
  newBatch,
  takenSlice,
  type UploadRow,
} from '../../design-docs/uploads.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import type { Desks } from '../results/open-desks.ts'
import { readPlan } from '../results/save-plan.ts'
import { alikePairs } from './alike-pairs.ts'
import { batchCsv } from './batch-csv.ts'
import { batchFileRoutes } from './batch-file-routes.ts'
import { batchRows, type RowWorld } from './batch-rows.ts'
import { beginBatch, listBatches, type OfBatch, type readBatch, type readFiles } from './batches.ts'
import { changeBatch, chooseForFiles, discardRest } from './change-batch.ts'
import { takeBatch } from './take-batch.ts'
import type { Uploads } from './take-file.ts'
import { uploadWorld } from './upload-world.ts'

const ofEvent = z.object({ event: eventCode })
const ofBatch = ofEvent.extend({ batch: ulidText })
const tags = ['uploads']

/** Photos in bulk: batches of files, then a look at what would become of each, then the check-ins. */
export function uploadRoutes(uploads: Uploads, desks: Desks): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-PLAN-002')
  const { it } = uploads
  const world = (event: string, caller: Caller): Promise<RowWorld> => uploadWorld({ it, desks }, event, caller)
  const view = async (of: OfBatch, caller: Caller): Promise<BatchView> => {
    const { batch, rows } = await batchRows(await world(of.event, caller), of)
    return { batch: headOf(batch, rows), rows }
  }

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/uploads',
    tags,
    summary: 'Every batch of photos, newest first',
    request: { params: ofEvent },
    responses: jsonAnswer(batchList, 'Batches'),
  })
  api.openapi(list, async (c) => {
    const found = await listBatches(it.couch, c.req.valid('param').event)
    return c.json({ batches: found.map(({ doc, files }) => headOf(doc, files)) }, 200)
  })

  const begin = createRoute({
    method: 'put',
    path: '/events/{event}/uploads/{batch}',
    tags,
    summary: 'Begin a batch under an id of your own, or go on with it; ten an hour',
    request: { params: ofBatch, body: jsonBody(newBatch) },
    responses: jsonAnswer(batchView, 'The batch as it stands'),
  })
  api.openapi(begin, async (c) => {
    const of = c.req.valid('param')
    await beginBatch(it, c.var.caller, { ...of, ...c.req.valid('json') })
    return c.json(await view(of, c.var.caller), 200)
  })

  const read = createRoute({
    method: 'get',
    path: '/events/{event}/uploads/{batch}',
    tags,
    summary: 'Every file of a batch with what became or would become of it',
    request: { params: ofBatch },
    responses: jsonAnswer(batchView, 'The batch'),
  })
  api.openapi(read, async (c) => c.json(await view(c.req.valid('param'), c.var.caller), 200))

  const choose = createRoute({
    method: 'post',
    path: '/events/{event}/uploads/{batch}/choices',
    tags,
    summary: 'Say whose, where or when some files were taken, or leave them out',
    request: { params: ofBatch, body: jsonBody(choicesMade) },
    responses: jsonAnswer(batchView, 'The batch as it stands'),
  })
  api.openapi(choose, async (c) => {
    const of = c.req.valid('param')
    const made = c.req.valid('json')
    const isJudge = c.var.caller.roles.some((role) => role === 'judge' || role === 'admin')
    // A time typed by hand would count by itself: judging is not everybody's.
    if (made.choice.at !== undefined && !isJudge) throw new AppError('ZK-AUTH-002')
    await chooseForFiles({ it }, of, made)
    return c.json(await view(of, c.var.caller), 200)
  })

  const settings = createRoute({
    method: 'post',
    path: '/events/{event}/uploads/{batch}/settings',
    tags,
    summary: 'Say whose the files without a number are, or what a photographed clock showed',
    request: { params: ofBatch, body: jsonBody(batchChange) },
    responses: jsonAnswer(batchView, 'The batch as it stands'),
  })
  api.openapi(settings, async (c) => {
    const of = c.req.valid('param')
    await changeBatch({ it }, of, c.req.valid('json'))
    return c.json(await view(of, c.var.caller), 200)
  })

  const take = createRoute({
    method: 'post',
    path: '/events/{event}/uploads/{batch}/take',
    tags,
    summary: 'Make check-ins of the next files that need nothing more; call it until none are left',
    request: { params: ofBatch },
    responses: jsonAnswer(takenSlice, 'How many were taken and how many are left'),
  })
  api.openapi(take, async (c) => {
    const of = c.req.valid('param')
    const { taken, left } = await takeBatch({ it }, await world(of.event, c.var.caller), of)
    return c.json({ taken, left }, 200)
  })

  const discard = createRoute({
    method: 'delete',
    path: '/events/{event}/uploads/{batch}',
    tags,
    summary: 'Throw away the files of a batch that are no check-ins',
    request: { params: ofBatch },
    responses: jsonAnswer(z.object({ discarded: z.literal(true) }), 'Discarded'),
  })
  api.openapi(discard, async (c) => {
    await discardRest(uploads, c.req.valid('param'), c.var.caller.account)
    return c.json({ discarded: true as const }, 200)
  })

  const csv = createRoute({
    method: 'get',
    path: '/events/{event}/uploads/{batch}/results.csv',
    tags,
    summary: 'What became of each file, as a table; only those in the given states',
    request: {
      params: ofBatch,
      query: z.object({
        language: z.enum(['ja', 'en']).default('ja'),
        states: z
          .string()
          .regex(/^[a-z]+(?:,[a-z]+)*$/)
          .optional(),
      }),
    },
    responses: { 200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } } },
  })
  api.openapi(csv, async (c) => {
    const of = c.req.valid('param')
    const { language, states } = c.req.valid('query')
    const { rows } = await view(of, c.var.caller)
    const { event } = await readPlan(it.couch, of.event)
    const wanted = states?.split(',')
    const shown = rows.filter(({ state }) => !wanted || wanted.includes(state))
    return c.body(batchCsv(shown, { language, timeZone: event.timeZone }), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${of.event}-photos-${of.batch}.csv"`,
    })
  })

  const alike = createRoute({
    method: 'get',
    path: '/events/{event}/alike-photos',
    tags,
    summary: 'Photos of different teams that look alike, the most alike first',
    request: { params: ofEvent },
    responses: jsonAnswer(alikeList, 'Pairs'),
  })
  api.openapi(alike, async (c) => {
    const { view: now } = await desks.of(c.req.valid('param').event)
    return c.json(alikePairs(now), 200)
  })
  api.route('/', batchFileRoutes(uploads))
  return api
}

type Counted = Pick<UploadRow, 'state'> | Awaited<ReturnType<typeof readFiles>>[number]

function headOf(doc: Awaited<ReturnType<typeof readBatch>>, files: readonly Counted[]): BatchHead {
  const { _id, name, by, at, team = null, clocks = [] } = doc
  const taken = files.filter((file) => ('state' in file ? file.state === 'taken' : file.taken !== undefined)).length
  return { id: _id.slice('batch:'.length), name, by, at, team, clocks, files: files.length, taken }
}
