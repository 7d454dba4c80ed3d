import type { Clock } from '../device/clock.ts'
import { type Batch, batchesOf } from './batches.ts'
import type { Answer, Ask } from './http.ts'
import type { Ledger } from './ledger.ts'
import type { OutboxBook, TravellingFact } from './outbox.ts'
import type { FactState } from './types.ts'

/** `restored`: the server lacked what it had confirmed; it has been given all of it again, the mirrors need a refill. */
export type PushOutcome = { kind: 'done'; restored: boolean } | Exclude<Answer, { kind: 'ok' }>

export type Pusher = {
  /** Brings every fact to the server that it lacks, oldest first, and confirms by id. `thorough`: trusts no confirmation of one session alone. */
  push(path: string, generation: string): Promise<PushOutcome>
}

type Parts = {
  ask(path: string, ask?: Ask): Promise<Answer>
  outbox: OutboxBook
  ledger: Ledger
  clock: Clock
  version: string
}

/** How many of the facts confirmed last are asked for each time. One would do, if backups were never taken mid-batch. */
const witnessCount = 8
/** Ids in one `_revs_diff`. */
const askedAtOnce = 500
/** Answers to a whole batch that condemn a fact in it rather than the caller. */
const condemning = [400, 403, 409, 413, 422]

export function createPusher({ ask, outbox, ledger, clock, version }: Parts): Pusher {
  let batchBytes = 128 * 1024

  /** Which of these the server lacks, with the revisions they have here. */
  const missing = async (
    path: string,
    ids: readonly string[],
  ): Promise<{ kind: 'ok'; ids: Set<string> } | Exclude<Answer, { kind: 'ok' }>> => {
    const lacking = new Set<string>()
    for (let i = 0; i < ids.length; i += askedAtOnce) {
      const revisions: Record<string, string[]> = {}
      for (const id of ids.slice(i, i + askedAtOnce)) {
        const rev = outbox.facts.value.get(id)?._rev
        if (rev) revisions[id] = [rev]
      }
      const answer = await ask(`${path}/_revs_diff`, { method: 'POST', json: revisions })
      if (answer.kind !== 'ok') return answer
      if (typeof answer.body !== 'object' || answer.body === null) return { kind: 'blocked' }
      for (const id of Object.keys(answer.body)) lacking.add(id)
    }
    return { kind: 'ok', ids: lacking }
  }

  /** Asks for these and records: there means confirmed, absent means unsent. */
  const confirm = async (path: string, ids: readonly string[]) => {
    const answer = ids.length === 0 ? ({ kind: 'ok', ids: new Set<string>() } as const) : await missing(path, ids)
    if (answer.kind !== 'ok') return answer
    const present = ids.filter((id) => !answer.ids.has(id))
    await ledger.settle(new Map(present.map((id) => [id, { state: 'confirmed' }])))
    return answer
  }

  const sendBatch = async (path: string, batch: Batch): Promise<Exclude<Answer, { kind: 'ok' }> | null> => {
    const answer = await ask(`${path}/_bulk_docs`, {
      method: 'POST',
      json: { new_edits: false, docs: batch.docs.map(withRevisions) },
      headers: { 'x-zekken-clock': clock.header() },
    })
    const [only, ...others] = batch.docs
    if (answer.kind === 'offline' || answer.kind === 'busy') batchBytes = Math.max(16 * 1024, batchBytes / 2)
    if (answer.kind === 'refused' && only && condemning.includes(answer.status) && !answer.code.startsWith('ZK-AUTH')) {
      if (others.length === 0) {
        await ledger.settle(new Map([[only._id, refused(answer.code, answer.message)]]))
        return null
      }
      // One fact spoils the batch for all: halves find it.
      const half = Math.ceil(batch.docs.length / 2)
      const first = await sendBatch(path, { docs: batch.docs.slice(0, half) })
      return first ?? sendBatch(path, { docs: batch.docs.slice(half) })
    }
    if (answer.kind !== 'ok') return answer
    batchBytes = Math.min(512 * 1024, batchBytes * 2)
    const rows = rowErrors(answer.body)
    const sent = batch.docs.map(({ _id }) => _id)
    await ledger.settle(new Map(sent.filter((id) => !rows.has(id)).map((id) => [id, { state: 'sent' }])))
    const confirmed = await confirm(path, sent)
    if (confirmed.kind !== 'ok') return confirmed
    const lacking = sent.filter((id) => confirmed.ids.has(id))
    await ledger.settle(new Map(lacking.map((id) => [id, rows.get(id) ?? { state: 'unsent' }])))
    // Neither taken nor refused: the server is not well; the facts stay unsent for the next round.
    return lacking.some((id) => !rows.has(id)) ? { kind: 'busy', retryAfterMs: null } : null
  }

  const push: Pusher['push'] = async (path, generation) => {
    const all = () => [...outbox.facts.value.keys()]
    const stateOf = (id: string) => ledger.states.value.get(id)?.state ?? 'unsent'
    const again = ledger.refusedByOther(version)
    if (again.length > 0) await ledger.settle(new Map(again.map((id) => [id, { state: 'unsent' }])))

    let restored = false
    if (ledger.generation() === generation) {
      const witnesses = ledger.witnesses(witnessCount)
      const open = all().filter((id) => stateOf(id) === 'unsent' || stateOf(id) === 'sent')
      const answer = await confirm(path, [...witnesses, ...open])
      if (answer.kind !== 'ok') return answer
      await ledger.settle(new Map(open.filter((id) => answer.ids.has(id)).map((id) => [id, { state: 'unsent' }])))
      restored = witnesses.some((id) => answer.ids.has(id))
      // Kept before anything else is done, so that a crash in the middle asks for all again.
      if (restored) await ledger.setGeneration(null)
    }
    if (ledger.generation() !== generation) {
      const asked = all().filter((id) => stateOf(id) !== 'refused')
      const answer = await confirm(path, asked)
      if (answer.kind !== 'ok') return answer
      await ledger.settle(new Map([...answer.ids].map((id) => [id, { state: 'unsent' }])))
      await ledger.forgetReceipts([...ledger.receipts.value.keys()])
      await ledger.setGeneration(generation)
    }

    const waiting = all().filter((id) => stateOf(id) === 'unsent')
    for await (const batch of batchesOf(waiting, outbox.forPush, () => batchBytes)) {
      const failure = await sendBatch(path, batch)
      if (failure) return failure
    }
    return { kind: 'done', restored }
  }
  return { push }
}

const refused = (code: string, message: string): FactState => ({ state: 'refused', code, message })

const withRevisions = (fact: TravellingFact) => ({
  ...fact,
  _revisions: { start: 1, ids: [fact._rev.slice(2)] },
})

/** `_bulk_docs` with `new_edits: false` names only what it did not take. */
function rowErrors(body: unknown): Map<string, FactState> {
  const errors = new Map<string, FactState>()
  if (!Array.isArray(body)) return errors
  for (const row of body as { id?: unknown; error?: unknown; reason?: unknown; code?: unknown }[]) {
    if (typeof row.id !== 'string' || row.error === undefined) continue
    const reason = String(row.reason ?? '')
    const code = typeof row.code === 'string' ? row.code : (/ZK-[A-Z]+-\d{3}/.exec(reason)?.[0] ?? String(row.error))
    errors.set(row.id, refused(code, reason))
  }
  return errors
}
