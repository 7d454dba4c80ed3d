import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { headquarters, mayCall } from '../../design-docs/access.ts'
import { cannedReplyList, threadList, threadPage } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { Person } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { personId } from '../../design-docs/ids.ts'
import { eventCode, teamNumber } from '../../design-docs/primitives.ts'
import { languageOf } from '../gateway/answer-error.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { ConsoleDeps } from '../results/console-deps.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { readCannedReplies, saveCannedReplies } from './canned-replies.ts'
import { chatLogOf } from './chat-log.ts'
import { teamsWhoseThreadSays } from './say-words.ts'
import { messagesOf, threadPageOf } from './thread-page.ts'
import { threadRowsOf } from './thread-row.ts'

const ofEvent = z.object({ event: eventCode })
const tags = ['chat']

/** Threads with teams as headquarters sees them; what is said and done in them goes through the door for decisions. */
export function chatRoutes(deps: ConsoleDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()

  const threads = createRoute({
    method: 'get',
    path: '/events/{event}/threads',
    tags,
    summary: 'Every thread, or those in which some words were said; those with an answer owed first',
    request: { params: ofEvent, query: z.object({ words: z.string().max(200).optional() }) },
    responses: jsonAnswer(threadList, 'Threads'),
  })
  api.openapi(threads, async (c) => {
    const { event } = c.req.valid('param')
    const [{ view }, people] = await Promise.all([deps.desks.of(event), headquartersOf(deps, event)])
    const { words } = c.req.valid('query')
    const said = words === undefined ? null : teamsWhoseThreadSays(await messagesOf(deps.couch, { event }), words)
    const threads = threadRowsOf(view).filter(({ team }) => said === null || said.has(team))
    return c.json({ now: deps.now(), threads, people }, 200)
  })

  const thread = createRoute({
    method: 'get',
    path: '/events/{event}/threads/{team}',
    tags,
    summary: 'All that was said with a team',
    request: { params: ofEvent.extend({ team: teamNumber }) },
    responses: jsonAnswer(threadPage, 'Thread'),
  })
  api.openapi(thread, async (c) => {
    const asked = c.req.valid('param')
    const { view } = await deps.desks.of(asked.event)
    return c.json(await threadPageOf(deps.couch, view, { ...asked, now: deps.now() }), 200)
  })

  const log = createRoute({
    method: 'get',
    path: '/events/{event}/chat-log',
    tags,
    summary: 'Who said what to whom when, of one team or of all, as CSV',
    request: { params: ofEvent, query: z.object({ team: teamNumber.optional() }) },
    responses: { 200: { description: 'The log', content: { 'text/csv': { schema: z.string() } } } },
  })
  api.openapi(log, async (c) => {
    const { event } = c.req.valid('param')
    const { team } = c.req.valid('query')
    const [{ view }, people, messages] = await Promise.all([
      deps.desks.of(event),
      deps.people(event),
      messagesOf(deps.couch, { event, team }),
    ])
    if (!view.event) throw new AppError('ZK-PLAN-004')
    const csv = chatLogOf({
      threads: [...view.threads.values()].filter((one) => team === undefined || one.team === team),
      messages,
      language: languageOf(c.req.header('accept-language')),
      timeZone: view.event.timeZone,
      teamName: (number) => view.teams.get(number)?.name ?? '',
      nameOf: (account) => people[account] ?? account,
    })
    const name = `${event}-chat${team === undefined ? '' : `-${team}`}.csv`
    c.header('content-disposition', `attachment; filename="${name}"`)
    c.header('content-type', 'text/csv; charset=utf-8')
    return c.body(csv, 200)
  })

  const replies = createRoute({
    method: 'get',
    path: '/events/{event}/canned-replies',
    tags,
    summary: 'Answers that are given again and again',
    request: { params: ofEvent },
    responses: jsonAnswer(cannedReplyList, 'Canned replies'),
  })
  api.openapi(replies, async (c) => c.json(await readCannedReplies(deps.couch, c.req.valid('param').event), 200))

  const save = createRoute({
    method: 'put',
    path: '/events/{event}/canned-replies',
    tags,
    summary: 'Change them',
    request: { params: ofEvent, body: jsonBody(cannedReplyList) },
    responses: jsonAnswer(cannedReplyList, 'Canned replies'),
  })
  api.openapi(save, async (c) =>
    c.json(await saveCannedReplies(deps.couch, c.req.valid('param').event, c.req.valid('json')), 200),
  )
  return api
}

/** Who can be given a thread: everyone who sees them all. */
async function headquartersOf({ couch }: ConsoleDeps, event: string): Promise<{ account: string; name: string }[]> {
  const range = { startkey: personId(''), endkey: `${personId('').slice(0, -1)};` }
  const rows = await couch.database(databaseName(event, 'desk')).all({ ...range, includeDocs: true })
  const people = rows.flatMap(({ doc }) => (doc ? [doc as unknown as Person] : []))
  return people
    .filter(({ role }) => mayCall(headquarters, [role]))
    .map(({ account, name }) => ({ account, name }))
    .sort((one, other) => one.name.localeCompare(other.name, 'ja') || (one.account < other.account ? -1 : 1))
}
