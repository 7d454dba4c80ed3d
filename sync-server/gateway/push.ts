import { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import type { BulkRow } from '../couch/client.ts'
import { deliveryToken } from '../login/delivery-token.ts'
import { findDevice, grantsOf } from '../login/devices.ts'
import { masksOf } from '../login/menu-masks.ts'
import { languageOf, wordsOf } from './answer-error.ts'
import { chatLimit } from './chat-limit.ts'
import { type Checked, checkFact, type Pusher } from './check-fact.ts'
import type { Passage } from './gateway-routes.ts'
import { pushFacts, type Refusal } from './push-facts.ts'
import { readJson } from './read-body.ts'
import { noteRefusals } from './refused-facts.ts'
import { readSenderClock } from './sender-clock.ts'
import { askUpstream, passOn } from './upstream.ts'

export const pushLimitBytes = 8 * 1_048_576

const revsDiffBody = z.record(z.string().max(300), z.array(z.string().max(60)).max(100))
const bulkDocsBody = z.object({ docs: z.array(z.unknown()).max(1000), new_edits: z.literal(false) })

/** Which of these are not here; a phone also asks it for what it believes delivered. */
export async function answerRevsDiff({ it, c, database }: Passage): Promise<Response> {
  const body = await readJson(c, revsDiffBody, 2 * 1_048_576)
  return passOn(await askUpstream({ it, c }, `/${database}/_revs_diff`, jsonInit(body)))
}

/** Takes facts in. The answer names the refused ones alone, as CouchDB does; `name` makes PouchDB report them. */
export async function answerBulkDocs({ it, c, caller, database }: Passage): Promise<Response> {
  const { docs } = await readJson(c, bulkDocsBody, pushLimitBytes)
  const { refused } = await pushFacts(it, {
    log: it.couch.database(database),
    docs,
    pusher: await pusherOf({ it, caller }, docs),
    clock: readSenderClock(c.req.header('x-zekken-clock'), caller.device),
    admits: chatLimit(it),
    async forward(docs) {
      const response = await askUpstream({ it, c }, `/${database}/_bulk_docs`, {
        ...jsonInit({ docs, new_edits: false }),
        token: await deliveryToken(it.keys, caller, it.now()),
        // A sender that hangs up now must not be left in doubt for longer than this takes.
        finish: true,
      })
      if (response.status === 404) throw new AppError('ZK-SYS-003')
      return (await response.json()) as BulkRow[]
    },
  })
  // The console's list is a convenience: its failing must not undo a delivery.
  await noteRefusals(it, caller, { refused, docs }).catch((cause: unknown) => it.warn('refusals not noted', cause))
  const language = languageOf(c.req.header('accept-language'))
  const row = ({ id, rev, code, figures }: Refusal) => ({
    id,
    ...(rev === undefined ? {} : { rev }),
    error: 'forbidden',
    name: 'forbidden',
    reason: `${code}: ${wordsOf(code, language)}`,
    code,
    ...(figures ? { figures } : {}),
  })
  return c.json(refused.map(row), 201)
}

/**
 * What the token says is enough for who is signed in; only for facts of those who had the device before is it looked up.
 */
async function pusherOf({ it, caller }: Pick<Passage, 'it' | 'caller'>, docs: readonly unknown[]): Promise<Pusher> {
  const { event, device } = caller
  const masks = await masksOf(it, event)
  const own = { event, device, masks, grants: grantsOf(null, caller) }
  if (!docs.some((doc) => needsGrant(checkFact(doc, own)))) return own
  return { ...own, grants: grantsOf(await findDevice(it, device), caller) }
}

const needsGrant = (checked: Checked) => !checked.ok && ['ZK-GATE-005', 'ZK-FACT-002'].includes(checked.code)

const jsonInit = (body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})
