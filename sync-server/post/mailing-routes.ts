import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { AppError } from '../../design-docs/errors.ts'
import { eventCode, ulidText } from '../../design-docs/primitives.ts'
import {
  type Mailing,
  mailingDocId,
  mailingDraft,
  mailingPreview,
  mailing as mailingSchema,
  mailingsPage,
  newMailing,
} from '../../design-docs/stations.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDocs, writeAudit } from '../login/office.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { recipientsOf } from './expand-mailings.ts'
import { stationsPageOf } from './stations-page.ts'
import { mailingMail, mailingParagraphs } from './write-mailing.ts'

const tags = ['mail']
const ofEvent = z.object({ event: eventCode })
const nobody = { messageId: '', from: { name: '', address: '' } }

/** Mail to everyone: seen before it is sent, spread by the budgets, cancelled while it is under way. */
export function mailingRoutes(it: Installation): OpenAPIHono<GuardedEnv> {
  const api = openApi('ZK-PLAN-002')
  const countOf = async (prefix: string) =>
    (await it.office.all({ startkey: `${prefix}:`, endkey: `${prefix};` })).length

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/mailings',
    tags,
    summary: 'Mailings with how many of their mails have gone out',
    request: { params: ofEvent },
    responses: jsonAnswer(mailingsPage, 'Mailings'),
  })
  api.openapi(list, async (c) => {
    const { event } = c.req.valid('param')
    const all = (await readDocs(it.office, 'mailing', mailingSchema)).filter((one) => one.event === event)
    const rows = all.toReversed().map(async ({ id, subject, classIds, state, mails, createdAt, createdBy }) => {
      const [sent, waiting] = await Promise.all([countOf(`sent:mailing:${id}`), countOf(`outgoing:mailing:${id}`)])
      return { id, subject, classIds, state, mails, createdAt, createdBy, sent, waiting }
    })
    return c.json({ mailings: await Promise.all(rows) }, 200)
  })

  const preview = createRoute({
    method: 'post',
    path: '/events/{event}/mailings/preview',
    tags,
    summary: 'To how many a mailing would go, what it would say, and when the last would have it',
    request: { params: ofEvent, body: jsonBody(mailingDraft) },
    responses: jsonAnswer(mailingPreview, 'The preview'),
  })
  api.openapi(preview, async (c) => {
    const draft = c.req.valid('json')
    const recipients = await recipientsOf(it, { event: c.req.valid('param').event, classIds: draft.classIds })
    const [one] = recipients
    const mail = one && mailingMail(draft, one, nobody)
    const first = mail ? { to: mail.to, subject: mail.subject, paragraphs: mailingParagraphs(draft, one) } : null
    const { forecast } = await stationsPageOf(it, recipients.length)
    return c.json({ recipients: recipients.length, first, doneAt: forecast.doneAt }, 200)
  })

  const make = createRoute({
    method: 'post',
    path: '/events/{event}/mailings',
    tags,
    summary: 'Send a mailing; sent again under the same id it is the same',
    request: { params: ofEvent, body: jsonBody(newMailing) },
    responses: jsonAnswer(z.object({ id: ulidText }), 'It is under way'),
  })
  api.openapi(make, async (c) => {
    const { event } = c.req.valid('param')
    const { id, ...draft } = c.req.valid('json')
    const by = c.var.caller.account
    const made = await amendDoc<Mailing>(it.office, mailingDocId(id), {
      schema: mailingSchema,
      change: (found) =>
        found
          ? null
          : {
              _id: mailingDocId(id),
              type: 'mailing',
              id,
              event,
              ...draft,
              state: 'expanding',
              mails: 0,
              createdAt: it.now(),
              createdBy: by,
            },
    })
    if (made?.event !== event) throw new AppError('ZK-SYS-003')
    await writeAudit(it.office, it.now(), { by, event, action: 'mailing-made', about: draft.subject })
    return c.json({ id }, 200)
  })

  const cancel = createRoute({
    method: 'post',
    path: '/events/{event}/mailings/{mailing}/cancel',
    tags,
    summary: 'Keep what has not gone out from going out',
    request: { params: ofEvent.extend({ mailing: ulidText }) },
    responses: jsonAnswer(z.object({ cancelled: z.literal(true) }), 'It is cancelled'),
  })
  api.openapi(cancel, async (c) => {
    const { event, mailing: id } = c.req.valid('param')
    const found = await amendDoc<Mailing>(it.office, mailingDocId(id), {
      schema: mailingSchema,
      change: (standing) => (standing?.event === event ? { ...standing, state: 'cancelled' } : null),
    })
    if (found?.event !== event) throw new AppError('ZK-SYS-003')
    const rest = await it.office.all({ startkey: `outgoing:mailing:${id}:`, endkey: `outgoing:mailing:${id};` })
    await it.office.bulk(rest.map(({ id: _id, rev: _rev }) => ({ _id, _rev, _deleted: true })))
    const by = c.var.caller.account
    await writeAudit(it.office, it.now(), { by, event, action: 'mailing-cancelled', about: found.subject })
    return c.json({ cancelled: true as const }, 200)
  })
  return api
}
