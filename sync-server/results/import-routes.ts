import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { AppError } from '../../design-docs/errors.ts'
import { importAnswer } from '../../design-docs/imports.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import { noteAudited } from '../audit/request-audit.ts'
import { forgottenTeams } from '../forget/forgotten-teams.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { commitCheckpoints, previewCheckpoints } from './import-checkpoints.ts'
import { knownContacts } from './import-contacts.ts'
import { commitTeams, previewTeams } from './import-teams.ts'
import { jsonAnswer } from './json-answer.ts'
import { openApi } from './open-api.ts'
import { readCheckpoints } from './read-checkpoints.ts'
import { readTeams } from './read-teams.ts'
import { readText } from './read-text.ts'
import { readPlan } from './save-plan.ts'

const maxImportBytes = 5 * 1024 * 1024
const maxLines = 10_000
const request = {
  params: z.object({ event: eventCode }),
  query: z.object({ commit: z.enum(['true', 'false']).default('false') }),
}
const tags = ['plan']
const description =
  'The file as raw bytes, UTF-8, UTF-16 with its mark, Shift_JIS or EUC-JP. Without `commit=true` nothing is written; with it bad lines are left out. A file that cannot be read for certain is refused whole.'

/** Lists from other programs: first what each line would do, then the same with `commit=true`. */
export function importRoutes(deps: ConsoleDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()

  const checkpoints = createRoute({
    method: 'post',
    path: '/events/{event}/imports/checkpoints',
    tags,
    summary: 'Checkpoints from CSV, GPX or IOF XML 3.0 CourseData',
    description,
    request,
    responses: jsonAnswer(importAnswer, 'What each line does'),
  })
  api.openapi(checkpoints, async (c) => {
    const { event } = c.req.valid('param')
    const { text, encoding } = await textOf(c)
    const file = readCheckpoints(text)
    const plan = await readPlan(deps.couch, event)
    const { lines, docs } = previewCheckpoints(file, plan)
    refuseTooMany(lines.length)
    const committed = c.req.valid('query').commit === 'true'
    if (committed) await commitCheckpoints(deps.couch, plan, docs)
    else noteAudited()
    return c.json({ format: file.format, encoding, leftOut: file.leftOut, lines, committed }, 200)
  })

  const teams = createRoute({
    method: 'post',
    path: '/events/{event}/imports/teams',
    tags,
    summary: 'Teams from CSV',
    description,
    request,
    responses: jsonAnswer(importAnswer, 'What each line does'),
  })
  api.openapi(teams, async (c) => {
    const { event } = c.req.valid('param')
    const caller = c.var.caller
    const { text, encoding } = await textOf(c)
    const { view } = await deps.desks.of(event)
    const file = readTeams(text, view.event?.classes ?? [])
    refuseTooMany(file.teams.length)
    const contacts = await knownContacts({ office: deps.office, event })
    const forgotten = await forgottenTeams(deps, event)
    const wanted = previewTeams(file.teams, { teams: view.teams, contacts, forgotten })
    const committed = c.req.valid('query').commit === 'true'
    if (committed) await commitTeams(deps, wanted, { caller, now: deps.now })
    else noteAudited()
    return c.json({ format: 'csv' as const, encoding, leftOut: file.leftOut, lines: wanted.lines, committed }, 200)
  })
  return api
}

async function textOf(c: Context): Promise<{ text: string; encoding: string }> {
  if (Number(c.req.header('content-length') ?? 0) > maxImportBytes) throw new AppError('ZK-GATE-003')
  const bytes = new Uint8Array(await c.req.arrayBuffer())
  if (bytes.length > maxImportBytes) throw new AppError('ZK-GATE-003')
  return readText(bytes)
}

function refuseTooMany(lines: number): void {
  if (lines > maxLines) throw new AppError('ZK-GATE-003', { figures: { lines, maxLines } })
}
