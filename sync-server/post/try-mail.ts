import { type Outgoing, sentId } from '../../design-docs/mail.ts'
import type { PostResult } from '../../design-docs/stations.ts'
import type { Installation } from '../login/installation.ts'
import { composeMail } from './compose-mail.ts'
import { judgeFailure, SmtpFailure } from './judge-failure.ts'
import type { Lane } from './smtp-lane.ts'
import type { WrittenMail } from './written-mail.ts'

/** Whatever takes a mail further. Throws when it did not: then it is tried again. */
export type Transport = { send(mail: WrittenMail): Promise<void> }

/** What became of one try. */
export type Tried = {
  /** `gone`: sent before, or nothing to send any more. */
  mail: 'sent' | 'gone' | 'waiting' | 'again' | 'park'
  station: 'well' | 'failed' | 'down' | 'out' | 'unasked'
  /** Whether it counts as sent in the station's ledger. */
  isUsed: boolean
  elapsedMs: number
  result: PostResult
  error?: string
}

export type Carrier = { lane: Lane; from: string } | Transport
type Writing = { it: Installation; write(mail: Outgoing): Promise<WrittenMail | null>; now(): number }

/** Writes a mail and hands it over once. Never throws. */
export async function tryMail(mail: Outgoing, carrier: Carrier, { it, write, now }: Writing): Promise<Tried> {
  const unasked = { station: 'unasked', isUsed: false, elapsedMs: 0 } as const
  let written: WrittenMail | null
  let raw: Buffer | null
  try {
    // What went out just before a crash is still among those that wait.
    written = (await it.office.get(sentId(mail.key))) ? null : await write(mail)
    raw = written && 'lane' in carrier ? await composeMail(written, carrier.from) : null
  } catch (error) {
    return { ...unasked, mail: 'again', result: 'again', error: String(error) }
  }
  if (!written) return { ...unasked, mail: 'gone', result: 'dropped' }
  const startedAt = now()
  const elapsed = () => Math.max(0, Math.round(now() - startedAt))
  try {
    if ('lane' in carrier) await carrier.lane.send({ from: carrier.from, to: written.to, raw: raw ?? Buffer.alloc(0) })
    else await carrier.send(written)
    return { mail: 'sent', station: 'well', isUsed: true, elapsedMs: elapsed(), result: 'sent' }
  } catch (error) {
    const about = { elapsedMs: elapsed(), error: error instanceof SmtpFailure ? error.message : String(error) }
    if (!(error instanceof SmtpFailure)) return { ...unasked, ...about, mail: 'again', result: 'again' }
    const { used, ...judged } = judgeFailure(error)
    return { ...judged, ...about, isUsed: used, result: resultOf(error, judged) }
  }
}

function resultOf({ mayBeTaken, stage }: SmtpFailure, { mail, station }: Pick<Tried, 'mail' | 'station'>): PostResult {
  if (mayBeTaken) return 'lost'
  if (mail === 'park') return 'refused'
  if (station === 'out') return 'locked-out'
  return stage === 'connection' || stage === 'login' ? 'not-reached' : 'again'
}
