import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { streamSSE } from 'hono/streaming'
import { AppError } from '../../design-docs/errors.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { claimsOf } from './claims.ts'
import type { ConsoleDeps } from './console-deps.ts'
import type { DeskFollower } from './desk-follower.ts'
import { type ClaimBoard, changeMessage, changesSince, type FeedMessage } from './live-feed.ts'
import { openApi } from './open-api.ts'

const heartbeatMs = 15_000
/** A console that reads slower than this many messages is cut off; it comes back and takes up where it was. */
const maxWaiting = 500

/** Changes of `desk` as server-sent events. The feed ends with the token that opened it. */
export function liveRoutes(deps: ConsoleDeps, board: ClaimBoard): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  /** Marks this process: an id given out by another one is not taken up, the console loads anew. */
  const bootId = crypto.randomUUID().slice(0, 8)

  const live = createRoute({
    method: 'get',
    path: '/live',
    tags: ['console'],
    summary: 'What changes, as it changes',
    description: 'Server-sent events `hello`, `change`, `claims`, `holding`, `jobs`; resumed by Last-Event-ID.',
    request: { query: z.object({ event: eventCode }), headers: z.object({ 'last-event-id': z.string().optional() }) },
    responses: { 200: { description: 'The feed', content: { 'text/event-stream': { schema: z.string() } } } },
  })
  api.openapi(live, async (c) => {
    const { event } = c.req.valid('query')
    const { expiresAt, event: own } = c.var.caller
    if (own !== event) throw new AppError('ZK-AUTH-002')
    const follower = await deps.desks.of(event)
    const lastId = c.req.header('last-event-id')
    c.header('x-accel-buffering', 'no')
    return streamSSE(c, async (stream) => {
      const ended = Promise.withResolvers<void>()
      stream.onAbort(() => ended.resolve())
      const waiting: FeedMessage[] = []
      let sending = Promise.resolve()
      const send = (message: FeedMessage) => {
        waiting.push(message)
        if (waiting.length > maxWaiting) return ended.resolve()
        sending = sending.then(async () => {
          const next = waiting.shift()
          if (!next || stream.aborted) return
          const id = next.id === undefined ? {} : { id: `${bootId}.${next.id}` }
          await stream.writeSSE({ event: next.name, data: JSON.stringify(next.data), ...id })
        })
      }
      // Listening starts before the missed changes are read, so that nothing falls between the two.
      const early: FeedMessage[] = []
      let pass: (message: FeedMessage) => void = (message) => early.push(message)
      const stopDesk = follower.listen((batch) => pass(changeMessage(follower.view, batch)))
      const stopClaims = board.listen(event, (message) => pass(message))
      const stopJobs = deps.jobs.listen(event, (rows) => pass({ name: 'jobs', data: rows }))
      const claims = claimsOf(deps.couch, event, deps.now)
      const tellClaims = () =>
        claims.held().then(
          (held) => send({ name: 'holding', data: held }),
          // A database that does not answer is no reason to end the feed.
          () => void stream.write(': beat\n\n'),
        )
      const beat = setInterval(() => void tellClaims(), deps.heartbeatMs ?? heartbeatMs)
      const end = setTimeout(() => ended.resolve(), Math.max(0, expiresAt - deps.now()))
      try {
        const missed = await missedSince(deps, follower, { event, lastId, bootId })
        const hello = { now: deps.now(), resumed: missed !== null, claims: await claims.held() }
        send({ name: 'hello', id: follower.seq(), data: hello })
        send({ name: 'jobs', data: await deps.jobs.standing(event) })
        for (const message of [...(missed ?? []), ...early]) send(message)
        pass = send
        await ended.promise
        await sending
      } finally {
        stopDesk()
        stopClaims()
        stopJobs()
        clearInterval(beat)
        clearTimeout(end)
      }
    })
  })
  return api
}

async function missedSince(
  deps: ConsoleDeps,
  follower: DeskFollower,
  from: { event: string; lastId: string | undefined; bootId: string },
): Promise<FeedMessage[] | null> {
  const own = `${from.bootId}.`
  if (!from.lastId?.startsWith(own)) return null
  return await changesSince(deps.couch, follower, { event: from.event, seq: from.lastId.slice(own.length) })
}
