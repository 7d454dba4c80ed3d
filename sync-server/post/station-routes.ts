import { randomBytes } from 'node:crypto'
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { entrant } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import { ulid } from '../../design-docs/ids.ts'
import { type Outgoing, outgoingId } from '../../design-docs/mail.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import {
  mailAddress,
  type PostSettings,
  postLog,
  postSettings,
  settingsDraft,
  stationDocId,
  stationDraft,
  stationId,
  stationLogPage,
  station as stationSchema,
  stationsPage,
} from '../../design-docs/stations.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc, readDocs, writeAudit } from '../login/office.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { changeStation, makeStation } from './save-station.ts'
import { stationsPageOf } from './stations-page.ts'

const tags = ['mail']
const ofEvent = z.object({ event: eventCode })
const ofStation = ofEvent.extend({ station: stationId })
const done = jsonAnswer(z.object({ done: z.literal(true) }), 'It is done')
const isDone = { done: true as const }
const mostLogs = 200
const mostLines = 500

/** The sending accounts of the installation, for the admins of its events; to be mounted under `/api`. */
export function stationRoutes(it: Installation): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-PLAN-002')

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/stations',
    tags,
    summary: 'Stations with state and use, the settings, and how far the budgets reach',
    request: { params: ofEvent },
    responses: jsonAnswer(stationsPage, 'Stations'),
  })
  api.openapi(list, async (c) => c.json(await stationsPageOf(it), 200))

  const make = createRoute({
    method: 'post',
    path: '/events/{event}/stations',
    tags,
    summary: 'Set up a station; its password is never shown again',
    request: { params: ofEvent, body: jsonBody(stationDraft) },
    responses: jsonAnswer(z.object({ id: stationId }), 'It is set up'),
  })
  api.openapi(make, async (c) => {
    const { id, name } = await makeStation(it, c.req.valid('json'))
    await audit(c.var.caller.account, c.req.valid('param').event, { action: 'station-made', about: name })
    return c.json({ id }, 200)
  })

  const change = createRoute({
    method: 'put',
    path: '/events/{event}/stations/{station}',
    tags,
    summary: 'Change a station; an absent password stays',
    request: { params: ofStation, body: jsonBody(stationDraft) },
    responses: done,
  })
  api.openapi(change, async (c) => {
    const { event, station } = c.req.valid('param')
    const draft = c.req.valid('json')
    await changeStation(it, station, draft)
    const details = { password: draft.password === undefined ? 'kept' : 'replaced' }
    await audit(c.var.caller.account, event, { action: 'station-changed', about: draft.name, details })
    return c.json(isDone, 200)
  })

  const remove = createRoute({
    method: 'delete',
    path: '/events/{event}/stations/{station}',
    tags,
    summary: 'Remove a station that was set up here',
    request: { params: ofStation },
    responses: done,
  })
  api.openapi(remove, async (c) => {
    const { event, station } = c.req.valid('param')
    const found = await readDoc(it.office, stationDocId(station), stationSchema)
    if (found?.source !== 'console') throw new AppError('ZK-SYS-003')
    await it.office.bulk([{ _id: found._id, _rev: found._rev, _deleted: true }])
    await audit(c.var.caller.account, event, { action: 'station-removed', about: found.name })
    return c.json(isDone, 200)
  })

  const tryOut = createRoute({
    method: 'post',
    path: '/events/{event}/stations/{station}/test',
    tags,
    summary: 'Send a test mail through this station; what became of it is in the log',
    request: { params: ofStation, body: jsonBody(z.strictObject({ to: mailAddress })) },
    responses: done,
  })
  api.openapi(tryOut, async (c) => {
    const { event, station } = c.req.valid('param')
    if (!(await it.office.get(stationDocId(station)))) throw new AppError('ZK-SYS-003')
    const now = it.now()
    const draft = ulid(now, randomBytes(10))
    const key = `test:${station}:${draft}`
    const mail: Outgoing = {
      _id: outgoingId(key),
      type: 'outgoing',
      key,
      event,
      kind: 'test',
      draft,
      occasion: 'test',
      state: 'waiting',
      queuedAt: now,
      nextAt: now,
      tries: 0,
      to: c.req.valid('json').to,
      station,
      by: c.var.caller.account,
    }
    await it.office.put(mail as CouchDoc)
    return c.json(isDone, 200)
  })

  const save = createRoute({
    method: 'put',
    path: '/events/{event}/post-settings',
    tags,
    summary: 'How mails are shared among the stations, and who is told of their troubles',
    request: { params: ofEvent, body: jsonBody(settingsDraft) },
    responses: done,
  })
  api.openapi(save, async (c) => {
    const { event } = c.req.valid('param')
    await amendDoc<PostSettings>(it.office, 'post-settings', {
      schema: postSettings,
      change: () => ({ _id: 'post-settings', type: 'post-settings', event, ...c.req.valid('json') }),
    })
    await audit(c.var.caller.account, event, { action: 'post-settings-saved', about: c.req.valid('json').policy })
    return c.json(isDone, 200)
  })

  const log = createRoute({
    method: 'get',
    path: '/events/{event}/post-log',
    tags,
    summary: 'The newest tries to send, of this event’s mails and of tests',
    request: { params: ofEvent },
    responses: jsonAnswer(stationLogPage, 'The log'),
  })
  api.openapi(log, async (c) => {
    const { event } = c.req.valid('param')
    const query = { startkey: 'post-log;', endkey: 'post-log:', descending: true, includeDocs: true, limit: mostLogs }
    const [rows, stations, entrants] = await Promise.all([
      it.office.all(query),
      readDocs(it.office, 'station', stationSchema),
      readDocs(it.office, `entrant:${event}`, entrant),
    ])
    const names = new Map(stations.map(({ id, name }) => [id, name]))
    const teams = new Map(entrants.map(({ draft, number, entry }) => [draft, `${number ?? ''} ${entry.name}`.trim()]))
    const lines = rows
      .flatMap(({ doc }) => (doc ? postLog.parse(doc).lines.toReversed() : []))
      .filter((line) => line.event === event)
      .slice(0, mostLines)
    const shown = lines.map((line) => ({
      ...line,
      stationName: line.station === null ? '' : (names.get(line.station) ?? line.account),
      who: teams.get(line.requester) ?? (line.function === 'test' ? line.requester : ''),
    }))
    return c.json({ lines: shown }, 200)
  })
  return api

  async function audit(
    by: string,
    event: string,
    entry: Pick<Parameters<typeof writeAudit>[2], 'action' | 'about' | 'details'>,
  ) {
    await writeAudit(it.office, it.now(), { by, event, ...entry })
  }
}
