import { useEffect, useRef, useState } from 'preact/hooks'
import type { BulkLook, BulkRow } from '../../../design-docs/disputes.ts'
import { ulid } from '../../../design-docs/ids.ts'
import type { Answer } from '../../store/http.ts'
import { useDesk } from '../desk/context.ts'
import type { QueueFilter } from '../review/queue-items.ts'
import { filterQuery } from '../review/queue-items.ts'

export type BulkStep =
  | { is: 'looking' }
  | { is: 'ready'; look: BulkLook }
  | { is: 'working'; bulk: BulkRow; what: 'run' | 'undo' }
  /** The link broke on the way; nothing is lost. */
  | { is: 'stopped'; bulk: BulkRow | null; what: 'run' | 'undo'; code: string | null }
  | { is: 'done'; bulk: BulkRow; what: 'run' | 'undo' }

/** A bulk from its count to its end, and back. Closed on the way it stops, and can be gone on with from the list. */
export function useBulk(filter: QueueFilter) {
  const { desk, who } = useDesk()
  const root = `/api/events/${who.event}/bulks`
  const [step, setStep] = useState<BulkStep>({ is: 'looking' })
  const [earlier, setEarlier] = useState<readonly BulkRow[]>([])
  const open = useRef(true)
  const post = (path: string, json?: unknown): Promise<Answer> =>
    desk.ask(`${root}${path}`, { method: 'POST', ...(json !== undefined && { json }) })
  const stop = (answer: Answer, bulk: BulkRow | null, what: 'run' | 'undo') =>
    setStep({ is: 'stopped', bulk, what, code: answer.kind === 'refused' ? answer.code : null })

  useEffect(() => {
    open.current = true
    void post('/look', filterQuery(filter)).then((answer) => {
      if (!open.current) return
      if (answer.kind === 'ok') setStep({ is: 'ready', look: answer.body as BulkLook })
      else stop(answer, null, 'run')
    })
    void desk.ask(root).then((answer) => {
      if (open.current && answer.kind === 'ok') setEarlier((answer.body as { bulks: BulkRow[] }).bulks)
    })
    return () => {
      open.current = false
    }
  }, [])

  async function work(from: BulkRow, what: 'run' | 'undo'): Promise<void> {
    let bulk = from
    while (open.current) {
      setStep({ is: 'working', bulk, what })
      const answer = await post(`/${bulk.id}/${what}`)
      if (answer.kind !== 'ok') return stop(answer, bulk, what)
      bulk = answer.body as BulkRow
      if (what === 'undo' ? bulk.undo?.next === bulk.next : bulk.next === bulk.total || bulk.undo)
        return setStep({ is: 'done', bulk, what })
    }
  }

  async function begin(action: 'APPROVED' | 'REJECTED', comment: string): Promise<void> {
    if (step.is !== 'ready') return
    const id = ulid(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
    const { items } = step.look
    const answer = await post('', { id, action, items, ...(comment && { comment }) })
    if (answer.kind === 'ok') await work(answer.body as BulkRow, 'run')
    else stop(answer, null, 'run')
  }

  return { step, earlier, begin, work }
}
