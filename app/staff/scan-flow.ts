import { signal } from '@preact/signals'
import type { CheckinFact, Fact } from '../../design-docs/facts.ts'
import { readBib } from '../../functions/rules/bib-qr.ts'
import { type ScanReading, type ScanVerdict, type Station, scanVerdict } from '../../functions/rules/scan-verdict.ts'
import { positionNow } from '../device/location.ts'
import { give } from '../device/sound.ts'
import type { Stamp } from '../store/types.ts'
import { standingFacts } from './own-facts.ts'
import type { Phone } from './phone.ts'
import { planOf } from './plan.ts'

/** A scan as it stands on the screen. */
export type Shown = {
  verdict: ScanVerdict
  station: Station
  /** What the code held; absent for a number chosen by hand. */
  text?: string
  /** When it was scanned. */
  stamp: Stamp
  /** The check-in that this scan led to. */
  checkin: CheckinFact | null
  /** The phone could not keep it. */
  failed: boolean
}

/** What fills the screen now; null: the next bib may come. */
export const shown = signal<Shown | null>(null)

/** A code that led to nothing: nothing can be recorded and nobody is asked, so the next bib is read at once. */
export const isPassedBy = ({ verdict, failed }: Shown) => verdict.checkin === 'never' && !failed

/** A number taken by hand, or the text of a code. */
export type ScanInput = { text: string } | { number: string }

/** Judges a scan, records it where that needs nobody, and shows it. What is shown as recorded is on the disk. */
export async function scan(phone: Phone, input: ScanInput, station: Station): Promise<void> {
  const plan = planOf(phone)
  if (plan === null) return
  const { outbox } = phone.store
  const stamp = outbox.stamp()
  const here = { event: plan.plan.event.code, keys: plan.keys }
  const reading: ScanReading =
    'text' in input ? await readBib(input.text, here) : { result: 'by-hand', number: input.number }
  if ('text' in input && (reading.result === 'ok' || reading.result === 'unknown-key')) await phone.takeBib(input.text)
  const team = 'bib' in reading ? reading.bib.number : 'number' in reading ? reading.number : null
  const verdict = scanVerdict({
    reading,
    card: (team && phone.card(team)) || null,
    own: team ? ownOf(outbox.facts.value, team) : [],
    station,
    plan: plan.plan,
    revoked: plan.revoked,
  })
  const seen: Shown = {
    verdict,
    station,
    stamp,
    checkin: null,
    failed: false,
    ...('text' in input && { text: input.text }),
  }
  shown.value = await settled(phone, seen)
  give(shown.value.failed ? 'refused' : sounds[verdict.level])
}

const sounds = { done: 'ok', look: 'look', refused: 'refused' } as const

/** Writes what a scan leads to by itself. A write that fails is shown, never taken for done. */
async function settled(phone: Phone, seen: Shown): Promise<Shown> {
  const { verdict, station } = seen
  try {
    if (verdict.checkin === 'at-once' && station.kind === 'checkpoint') {
      return { ...seen, checkin: await record(phone, seen, {}) }
    }
    if (verdict.checkin === 'never') await recordFailure(phone, seen)
    return seen
  } catch {
    return { ...seen, failed: true }
  }
}

type Extra = { again?: boolean; membersPresent?: string[] }

async function record(phone: Phone, { verdict, station, stamp, text }: Shown, extra: Extra): Promise<CheckinFact> {
  if (station.kind !== 'checkpoint' || verdict.team === null) throw new Error('nothing to check in')
  const position = positionNow(stamp.deviceAt, stamp.offsetMs)
  return phone.store.outbox.append(
    {
      type: 'checkin',
      team: verdict.team,
      checkpoint: station.checkpoint,
      method: text === undefined ? 'manual' : 'qr',
      verified: verdict.verified,
      ...(verdict.bibIssue !== null && { bibIssue: verdict.bibIssue }),
      ...(position && { position }),
      ...extra,
    },
    stamp,
  )
}

/** The deliberate second step: the person has read the doubt and records it all the same. */
export async function recordAnyway(phone: Phone): Promise<void> {
  const seen = shown.value
  if (seen === null) return
  const again = seen.verdict.kind === 'already-here' || seen.verdict.also.includes('already-here')
  // A second recording is of now, not of the moment when the doubt came up.
  const now = { ...seen, stamp: phone.store.outbox.stamp() }
  try {
    shown.value = { ...now, checkin: await record(phone, now, again ? { again } : {}), failed: false }
    give('ok')
  } catch {
    shown.value = { ...seen, failed: true }
    give('refused')
  }
}

/** Records the same scan anew with those who are here, at the time of the scan, and takes the first one back. */
export async function recordMembers(phone: Phone, membersPresent: string[], reason: string): Promise<void> {
  const seen = shown.value
  if (!seen?.checkin) return
  const { _id, team } = seen.checkin
  const checkin = await record(phone, seen, { membersPresent })
  await phone.store.outbox.append({ type: 'void', fact: _id, team, reason })
  shown.value = { ...seen, checkin }
}

const left = new WeakSet<Shown>()

/** On to the next bib. A scan that led to nothing leaves a record of that, on the disk before the next may come. */
export async function leaveVerdict(phone: Phone): Promise<void> {
  const seen = shown.value
  if (seen === null || left.has(seen)) return
  left.add(seen)
  try {
    if (seen.checkin === null && seen.verdict.checkin === 'on-purpose') await recordFailure(phone, seen)
  } finally {
    if (shown.value === seen) shown.value = null
  }
}

async function recordFailure(phone: Phone, { verdict, station, stamp, text }: Shown): Promise<void> {
  if (verdict.reason === null) return
  const position = positionNow(stamp.deviceAt, stamp.offsetMs)
  await phone.store.outbox.append(
    {
      type: 'scan',
      reason: verdict.reason,
      ...(verdict.team !== null && teamForm.test(verdict.team) && { team: verdict.team }),
      ...(text !== undefined && { text: text.slice(0, 300) }),
      ...(station.kind === 'checkpoint' && { checkpoint: station.checkpoint }),
      ...(position && { position }),
    },
    stamp,
  )
}
const teamForm = /^[A-Z0-9]{1,12}$/

/** The check-in that a verdict is about: its own, else the earlier one at this place. */
export function checkinOf(phone: Phone, { checkin, verdict, station }: Shown): string | null {
  if (checkin) return checkin._id
  if (station.kind !== 'checkpoint' || verdict.team === null) return null
  const here = (row: { checkpoint: string }) => row.checkpoint === station.checkpoint
  const known = verdict.card?.checkpoints.find(here)?.checkin
  return known ?? standingFacts(phone.store.outbox.facts.value, verdict.team, 'checkin').find(here)?._id ?? null
}

/** This phone's facts of a team: their ids start with its number. */
export function ownOf(facts: ReadonlyMap<string, Fact>, team: string): Fact[] {
  const own: Fact[] = []
  for (const [id, fact] of facts) if (id.startsWith(`${team}:`)) own.push(fact)
  return own
}
