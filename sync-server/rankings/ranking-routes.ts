import { randomBytes } from 'node:crypto'
import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { office as officeName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { overallId, ulid } from '../../design-docs/ids.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { eventCode, ulidText } from '../../design-docs/primitives.ts'
import {
  comparison,
  type PublicationDoc,
  type PublicationPage,
  type PublicationWish,
  publicationPage,
  publicationWish,
  rankingClass,
  rankingPage,
  snapshotLine,
  snapshotWish,
} from '../../design-docs/rankings.ts'
import { rankingsOf, stateOf } from '../../functions/rules/publication.ts'
import { rankOverall } from '../../functions/rules/rank-overall.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { writeAudit } from '../login/office.ts'
import type { ConsoleDeps } from '../results/console-deps.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { compare } from './compare.ts'
import { changePublication, readPublication } from './publication.ts'
import { lineOf, readSnapshot, snapshotLines, takeSnapshot } from './snapshots.ts'

const ofEvent = z.object({ event: eventCode })
const tags = ['rankings']
const audits = {
  freeze: 'ranking-frozen',
  unfreeze: 'ranking-unfrozen',
  publish: 'ranking-published',
  unpublish: 'ranking-unpublished',
} as const

/** Rankings as they stand, snapshots of them, and what of them the public sees. */
export function rankingRoutes(deps: ConsoleDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  const { couch } = deps
  const office = couch.database(officeName)

  async function pageOf(event: string): Promise<PublicationPage> {
    const [{ view }, publication, snapshots] = await Promise.all([
      deps.desks.of(event),
      readPublication(couch, event),
      snapshotLines(couch, event),
    ])
    if (!view.event) throw new AppError('ZK-PLAN-004', { figures: { event } })
    const plan = view.event
    const rankings = rankingsOf(plan).map((classId) => ({ classId, ...standingOf(plan, publication, classId) }))
    return { now: deps.now(), rankings, snapshots }
  }

  const ranking = createRoute({
    method: 'get',
    path: '/events/{event}/rankings/{class}',
    tags,
    summary: 'The live ranking of a class, or of all together',
    request: { params: ofEvent.extend({ class: rankingClass }) },
    responses: jsonAnswer(rankingPage, 'Ranking'),
  })
  api.openapi(ranking, async (c) => {
    const { event, class: classId } = c.req.valid('param')
    const [{ view }, publication] = await Promise.all([deps.desks.of(event), readPublication(couch, event)])
    if (!view.event || !rankingsOf(view.event).includes(classId))
      throw new AppError('ZK-PLAN-004', { figures: { classId } })
    const live =
      classId === overallId ? rankOverall(view.cards.values(), view.event) : (view.rankings.get(classId) ?? null)
    return c.json({ ranking: live, ...standingOf(view.event, publication, classId) }, 200)
  })

  const page = createRoute({
    method: 'get',
    path: '/events/{event}/publication',
    tags,
    summary: 'How each ranking stands, and every snapshot',
    request: { params: ofEvent },
    responses: jsonAnswer(publicationPage, 'Publication'),
  })
  api.openapi(page, async (c) => c.json(await pageOf(c.req.valid('param').event), 200))

  const make = createRoute({
    method: 'post',
    path: '/events/{event}/snapshots',
    tags,
    summary: 'Keep all rankings as they stand',
    description: 'Without a name, the newest snapshot is answered where it says the same.',
    request: { params: ofEvent, body: jsonBody(snapshotWish) },
    responses: jsonAnswer(snapshotLine, 'Snapshot'),
  })
  api.openapi(make, async (c) => {
    const { event } = c.req.valid('param')
    return c.json(await keep(event, { ...c.req.valid('json'), by: c.var.caller.account }), 200)
  })

  async function keep(event: string, wish: Pick<Parameters<typeof takeSnapshot>[2], 'by' | 'name' | 'occasion'>) {
    const { view } = await deps.desks.of(event)
    const nowMs = deps.now()
    const id = ulid(nowMs, randomBytes(10))
    const line = await takeSnapshot(couch, view, { ...wish, nowMs, ulid: id })
    if (line.id === id) {
      const { by, name, occasion } = wish
      const details = { name, occasion, hash: line.hash }
      await writeAudit(office, nowMs, { by, event, action: 'snapshot-made', about: id, details })
    }
    return line
  }

  /** The snapshot that an action is about: the one named, or one made before anything changes. */
  async function snapshotFor(event: string, wish: PublicationWish, by: string): Promise<string> {
    if (wish.action === 'unfreeze') return ''
    if (wish.action === 'publish') return lineOf(await readSnapshot(couch, event, wish.snapshot)).id
    return (await keep(event, { by, name: '', occasion: wish.action })).id
  }

  const change = createRoute({
    method: 'put',
    path: '/events/{event}/publication',
    tags,
    summary: 'Freeze, unfreeze, publish or unpublish rankings',
    request: { params: ofEvent, body: jsonBody(publicationWish) },
    responses: jsonAnswer(publicationPage, 'As it stands then'),
  })
  api.openapi(change, async (c) => {
    const { event } = c.req.valid('param')
    const wish = c.req.valid('json')
    const by = c.var.caller.account
    const { view } = await deps.desks.of(event)
    if (!view.event) throw new AppError('ZK-PLAN-004', { figures: { event } })
    const snapshot = await snapshotFor(event, wish, by)
    const changed = await changePublication(couch, { event: view.event, wish, by, nowMs: deps.now(), snapshot })
    const about = Object.keys(changed).join(' ')
    if (about !== '') {
      const details = { rankings: changed, ...(snapshot && { snapshot }) }
      await writeAudit(office, deps.now(), { by, event, action: audits[wish.action], about, details })
    }
    return c.json(await pageOf(event), 200)
  })

  const comparing = createRoute({
    method: 'get',
    path: '/events/{event}/comparison',
    tags,
    summary: 'What changed from one snapshot to another, and why',
    request: {
      params: ofEvent,
      query: z.object({ from: z.union([ulidText, z.literal('public')]), to: z.union([ulidText, z.literal('now')]) }),
    },
    responses: jsonAnswer(comparison, 'Comparison'),
  })
  api.openapi(comparing, async (c) => {
    const { event } = c.req.valid('param')
    const { view } = await deps.desks.of(event)
    return c.json(await compare(couch, view, { event, ...c.req.valid('query'), nowMs: deps.now() }), 200)
  })
  return api
}

function standingOf(event: EventDoc, publication: PublicationDoc | null, classId: string) {
  const own = publication?.classes[classId]
  const isShown = own?.state === 'published' || own?.state === 'reopened'
  return {
    state: stateOf(event, publication, classId),
    since: own ? { at: own.at, by: own.by } : null,
    shown: isShown ? { snapshot: own.snapshot.slice('snapshot:'.length), publishedAt: own.publishedAt } : null,
  }
}
