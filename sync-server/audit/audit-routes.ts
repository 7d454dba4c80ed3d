import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Audit } from '../../design-docs/audit.ts'
import { type AuditRow, auditPage } from '../../design-docs/disputes.ts'
import { account } from '../../design-docs/office.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { readDocs } from '../login/office.ts'
import { jsonAnswer } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { writeCsv } from '../results/write-csv.ts'
import { readAudit } from './read-audit.ts'

const params = z.object({ event: eventCode })
const filter = z.object({
  by: z.string().max(100).optional(),
  action: z.string().max(60).optional(),
  from: z.coerce.number().int().optional(),
  to: z.coerce.number().int().optional(),
})
type Filter = z.infer<typeof filter>

/** The log of what organizers did, newest first, for admins; to be mounted at `/api/events`. */
export function auditRoutes(it: Installation): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  const ofEvent = async (event: string) => (await readAudit(it.office)).filter((line) => line.event === event).reverse()

  const list = createRoute({
    method: 'get',
    path: '/{event}/audit',
    tags: ['audit'],
    summary: 'Who did what, to what, when, and what was before and after',
    request: { params, query: filter.extend({ limit: z.coerce.number().int().min(1).max(1000).default(500) }) },
    responses: jsonAnswer(auditPage, 'Lines'),
  })
  api.openapi(list, async (c) => {
    const lines = await ofEvent(c.req.valid('param').event)
    const { limit, ...asked } = c.req.valid('query')
    const fitting = lines.filter((line) => fits(line, asked))
    const distinct = (values: string[]) => [...new Set(values)].sort()
    const page = {
      audit: fitting.slice(0, limit).map(toRow),
      total: fitting.length,
      actions: distinct(lines.map(({ action }) => action)),
      people: distinct(lines.map(({ by }) => by)),
    }
    return c.json(page, 200)
  })

  api.get('/:event/audit.csv', async (c) => {
    const event = c.req.param('event')
    const asked = filter.parse(c.req.query())
    const lines = (await ofEvent(event)).filter((line) => fits(line, asked))
    const accounts = await readDocs(it.office, 'account', account)
    const names = new Map(accounts.map((one) => [one.account, one.name]))
    const cells = lines.reverse().map((line) => {
      const { at, by, action, about, details, was, is, seq = '', hash = '' } = line
      const said = [details, was, is].map((value) => (value === undefined ? '' : JSON.stringify(value)))
      return [seq, new Date(at).toISOString(), by, names.get(by) ?? '', action, about, ...said, hash]
    })
    const text = writeCsv([csvHeadings, ...cells])
    return c.body(text, 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${event}-audit.csv"`,
    })
  })
  return api
}

/** The names of the fields, which are those of the documents too. */
const csvHeadings = ['seq', 'at', 'by', 'name', 'action', 'about', 'details', 'was', 'is', 'hash']

const fits = (line: Audit, { by, action, from, to }: Filter) =>
  (by === undefined || line.by === by) &&
  (action === undefined || line.action === action) &&
  (from === undefined || line.at >= from) &&
  (to === undefined || line.at < to)

const toRow = ({ at, by, action, about, details, was, is, seq, hash }: Audit): AuditRow => ({
  at,
  by,
  action,
  about,
  ...(details !== undefined && { details }),
  ...(was !== undefined && { was }),
  ...(is !== undefined && { is }),
  seq: seq ?? null,
  hash: hash ?? null,
})
