import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { entrant } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import {
  type MailRow,
  mailboxItem,
  mailPage,
  type Outgoing,
  outgoing,
  outgoingId,
  type SentMail,
  sentId,
  sentMail,
} from '../../design-docs/mail.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDoc, readDocs } from '../login/office.ts'
import { jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import type { Mailbox } from './mailbox.ts'
import { mailingRoutes } from './mailing-routes.ts'
import { stationRoutes } from './station-routes.ts'

const tags = ['mail']
const ofEvent = z.object({ event: eventCode })
const mostRows = 300
const mailKey = z.string().min(1).max(200)

export type MailDeps = {
  it: Installation
  mailbox: Mailbox
  /** Whether mails may be read in the console: never where the installation is reached from outside. */
  isShown: boolean
}

/** Outgoing mails of an event, stations, mailings, and the mailbox where there is no station; to be mounted under `/api`. */
export function mailRoutes({ it, mailbox, isShown }: MailDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()

  const list = createRoute({
    method: 'get',
    path: '/events/{event}/mails',
    tags,
    summary: 'The newest mails that wait, failed, or were sent; those that failed first',
    request: { params: ofEvent },
    responses: jsonAnswer(mailPage, 'Mails'),
  })
  api.openapi(list, async (c) => {
    const { event } = c.req.valid('param')
    const isOurs = (mail: { event: string }) => mail.event === event
    const [waiting, sent, entrants, stations] = await Promise.all([
      readDocs(it.office, 'outgoing', outgoing),
      readDocs(it.office, 'sent', sentMail),
      readDocs(it.office, `entrant:${event}`, entrant),
      it.office.all({ startkey: 'station:', endkey: 'station;', limit: 1 }),
    ])
    const teams = new Map(entrants.map((one) => [one.draft, { team: one.number ?? null, teamName: one.entry.name }]))
    const rows = [...waiting, ...sent].filter(isOurs).map((mail) => rowOf(mail, teams.get(mail.draft)))
    // What failed comes first, however old: somebody has to look at it.
    const isFailed = ({ state }: MailRow) => Number(state === 'parked')
    const mails = rows.sort((one, other) => isFailed(other) - isFailed(one) || other.at - one.at).slice(0, mostRows)
    const box = isShown ? ('shown' as const) : ('kept' as const)
    return c.json({ mailbox: stations.length > 0 ? ('stations' as const) : box, mails, total: rows.length }, 200)
  })

  const read = createRoute({
    method: 'post',
    path: '/events/{event}/mails/read',
    tags,
    summary: 'A mail as it lies in the mailbox',
    request: { params: ofEvent, body: jsonBody(z.strictObject({ key: mailKey })) },
    responses: jsonAnswer(mailboxItem, 'The mail'),
  })
  api.openapi(read, async (c) => {
    const { key } = c.req.valid('json')
    const sent = isShown ? await readDoc(it.office, sentId(key), sentMail) : null
    const found = sent?.event === c.req.valid('param').event ? await mailbox.read(sent.messageId) : null
    if (!found) throw new AppError('ZK-SYS-003')
    return c.json(found, 200)
  })

  const retry = createRoute({
    method: 'post',
    path: '/events/{event}/mails/retry',
    tags,
    summary: 'Try a mail that failed again at once',
    request: { params: ofEvent, body: jsonBody(z.strictObject({ key: mailKey })) },
    responses: jsonAnswer(z.object({ waiting: z.literal(true) }), 'It waits to be sent'),
  })
  api.openapi(retry, async (c) => {
    const { event } = c.req.valid('param')
    const amended = await amendDoc(it.office, outgoingId(c.req.valid('json').key), {
      schema: outgoing,
      change: (found) =>
        found?.event === event ? { ...found, state: 'waiting' as const, tries: 0, nextAt: it.now() } : null,
    })
    if (amended?.event !== event) throw new AppError('ZK-SYS-003')
    return c.json({ waiting: true as const }, 200)
  })
  api.route('/', stationRoutes(it))
  api.route('/', mailingRoutes(it))
  return api
}

function rowOf(mail: Outgoing | SentMail, team: Pick<MailRow, 'team' | 'teamName'> | undefined): MailRow {
  const { key, occasion, tries } = mail
  const of = team ?? { team: null, teamName: '' }
  return mail.type === 'sent'
    ? { key, occasion, ...of, state: 'sent', at: mail.sentAt, tries, error: null }
    : { key, occasion, ...of, state: mail.state, at: mail.queuedAt, tries, error: mail.error ?? null }
}
