import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { checkedEntry, entryDraft, entryForm } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import { eventClass } from '../../design-docs/plan.ts'
import { eventCode, instant, ulidText, words } from '../../design-docs/primitives.ts'
import { checkEntry } from '../../functions/rules/check-entry.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { addressOf, rateLimit } from '../login/rate-limit.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { editEntry, withdrawEntry } from './change-entry.ts'
import type { NumberClaims } from './claim-number.ts'
import { demandEditToken, editTokenOf } from './edit-token.ts'
import { type Entered, findEntrant, isNumbered } from './entrants.ts'
import { type EntryPlan, entryPlan } from './entry-plan.ts'
import { registerEntry } from './register-entry.ts'

const tags = ['entry']
const ofEvent = z.object({ event: eventCode })
const ofDraft = z.object({ event: eventCode, draft: ulidText })
const formPage = z.object({
  event: z.object({ code: eventCode, name: words, timeZone: z.string(), startsAt: instant, endsAt: instant }),
  /** When what is filled in is to be deleted. */
  retention: instant.optional(),
  state: z.enum(['not-yet', 'open', 'closed']),
  form: entryForm,
  classes: z.array(eventClass),
})
const sent = z.strictObject({
  draft: ulidText,
  entry: entryDraft,
  language: z.enum(['ja', 'en']),
  wantsCopy: z.boolean().default(false),
})
const page = z.object({
  number: z.string(),
  /** What a link to the entry carries; it stays the same. */
  editToken: z.string(),
  entry: checkedEntry,
  enteredAt: instant,
  changedAt: instant,
  withdrawnAt: instant.optional(),
})

/** A school enters from one address. */
const perMinute = 300

/** The entry form and what it sends, to be mounted at `/api/events`. A link to an entry carries the right to change it. */
export function entryRoutes(it: Installation, claims: NumberClaims): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-ENTRY-003')
  const tries = rateLimit({ tries: perMinute, windowMs: 60_000, now: it.now })

  const read = createRoute({
    method: 'get',
    path: '/{event}/entry-form',
    tags,
    summary: 'What an event asks of those who enter',
    request: { params: ofEvent },
    responses: jsonAnswer(formPage, 'The form'),
  })
  api.openapi(read, async (c) => {
    const { event, form, state } = await demandPlan(c.req.valid('param').event)
    const { code, name, timeZone, startsAt, endsAt, retention } = event
    const classes = event.classes.filter(({ id }) => form.classIds?.includes(id) ?? true)
    const until = retention === undefined ? {} : { retention }
    return c.json({ event: { code, name, timeZone, startsAt, endsAt }, ...until, state, form, classes }, 200)
  })

  const enter = createRoute({
    method: 'post',
    path: '/{event}/entries',
    tags,
    summary: 'Enter a team; sent again with the same draft it is the same entry',
    request: { params: ofEvent, body: jsonBody(sent) },
    responses: jsonAnswer(page, 'The receipt'),
  })
  api.openapi(enter, async (c) => {
    tries.take(addressOf(c))
    const { event } = c.req.valid('param')
    const { entry: draft, ...rest } = c.req.valid('json')
    // Who lost the answer hears it also when entries have closed, or ask for more, since.
    const known = await findEntrant(it, event, rest.draft)
    const entered = known !== null && isNumbered(known) ? known.entry : null
    const plan = await (entered ? demandPlan(event) : demandOpen(event))
    const application = { ...rest, entry: entered ?? demandGood(draft, plan) }
    return c.json(pageOf(await registerEntry(it, plan, { application, claims })), 200)
  })

  const look = createRoute({
    method: 'get',
    path: '/{event}/entries/{draft}',
    tags,
    summary: 'An entry, for whoever has its link (Authorization: Entry <token>)',
    request: { params: ofDraft },
    responses: jsonAnswer(page, 'The entry'),
  })
  api.openapi(look, async (c) => c.json(pageOf(await demandEntered(c, c.req.valid('param'))), 200))

  const edit = createRoute({
    method: 'put',
    path: '/{event}/entries/{draft}',
    tags,
    summary: 'Change an entry while entries are open',
    request: { params: ofDraft, body: jsonBody(entryDraft) },
    responses: jsonAnswer(page, 'As changed'),
  })
  api.openapi(edit, async (c) => {
    const found = await demandEntered(c, c.req.valid('param'))
    const plan = await demandOpen(found.event)
    return c.json(pageOf(await editEntry(it, found, demandGood(c.req.valid('json'), plan))), 200)
  })

  const withdraw = createRoute({
    method: 'delete',
    path: '/{event}/entries/{draft}',
    tags,
    summary: 'Withdraw an entry while entries are open',
    request: { params: ofDraft },
    responses: jsonAnswer(page, 'As withdrawn'),
  })
  api.openapi(withdraw, async (c) => {
    const found = await demandEntered(c, c.req.valid('param'))
    await demandOpen(found.event)
    return c.json(pageOf(await withdrawEntry(it, found, claims)), 200)
  })

  async function demandPlan(event: string): Promise<EntryPlan> {
    const plan = await entryPlan(it, event)
    if (!plan) throw new AppError('ZK-ENTRY-001')
    return plan
  }

  async function demandOpen(event: string): Promise<EntryPlan> {
    const plan = await demandPlan(event)
    if (plan.state !== 'open') throw new AppError('ZK-ENTRY-001', { figures: { state: plan.state } })
    return plan
  }

  async function demandEntered(c: Context, { event, draft }: z.infer<typeof ofDraft>): Promise<Entered> {
    const [scheme, token = ''] = (c.req.header('authorization') ?? '').split(' ')
    demandEditToken(it, { event, draft }, scheme?.toLowerCase() === 'entry' ? token : '')
    const found = await findEntrant(it, event, draft)
    if (!found || !isNumbered(found)) throw new AppError('ZK-ENTRY-004')
    return found
  }

  const pageOf = ({
    event,
    draft,
    number,
    entry,
    enteredAt,
    changedAt,
    withdrawnAt,
  }: Entered): z.infer<typeof page> => ({
    number,
    editToken: editTokenOf(it, event, draft),
    entry,
    enteredAt,
    changedAt,
    ...(withdrawnAt !== undefined && { withdrawnAt }),
  })
  return api
}

function demandGood(draft: z.infer<typeof entryDraft>, { event, form }: EntryPlan) {
  const checked = checkEntry(draft, { form, classes: event.classes })
  if (!checked.ok) throw new AppError('ZK-ENTRY-003', { figures: { fields: checked.bad } })
  return checked.entry
}
