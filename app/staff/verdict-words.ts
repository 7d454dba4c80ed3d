import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/words.ts'
import type { IconName } from '../ui/icon.tsx'
import type { Tone } from '../ui/pill.tsx'
import type { Shown } from './scan-flow.ts'

/** The colour of a verdict. A doubt that was read and recorded all the same stays amber: it is still a doubt. */
export function toneOf({ verdict, checkin, failed }: Shown): Tone {
  if (failed) return 'no'
  if (checkin !== null) return verdict.level === 'done' || verdict.kind === 'already-here' ? 'ok' : 'warn'
  return ({ done: 'ok', look: 'warn', refused: 'no' } as const)[verdict.level]
}

export const iconOf = (tone: Tone): IconName =>
  (({ ok: 'check', warn: 'attention', no: 'cross', wait: 'question' }) as const)[tone]

/** The verdict in words. */
export function titleOf({ verdict, station, checkin, failed }: Shown): string {
  const t = words.value.verdict
  const { kind, card } = verdict
  if (failed) return t.failed
  if (kind === 'retired' && card && card.status !== 'registered') return t[card.status]
  if (kind === 'needs-attention' && card?.help) return t.helpCall
  if (station.kind === 'reception') {
    if (kind === 'ok') return t.toReceive
    if (kind === 'already-here') return t.received
  }
  if (station.kind === 'corner' && kind === 'ok') return said(station.name)
  if (kind === 'already-here' && checkin) return t.kinds.ok
  return t.kinds[kind]
}

/** What it means and what to do, the most important first. */
export function adviceOf({ verdict, station, checkin, failed }: Shown): string[] {
  const t = words.value.verdict
  const { kind, also, card } = verdict
  if (failed) return [t.failedText]
  const lines: string[] = []
  const plain = kind === 'ok' || (kind === 'already-here' && checkin !== null)
  if (!plain && station.kind === 'checkpoint' && kind !== 'already-here') {
    lines.push(checkin ? t.recorded : t.notRecorded)
  }
  const isBlank = kind === 'unknown-but-signed' && station.kind === 'reception'
  const advice = isBlank ? t.blankBib : (t.advice as Partial<Record<typeof kind, string>>)[kind]
  if (advice) lines.push(advice)
  if (card?.attention) lines.push(card.attention)
  if (card?.help?.text) lines.push(card.help.text)
  const others = also.filter((one) => one !== 'ok').map((one) => t.kinds[one])
  return [...lines, ...others.filter((line) => line !== t.kinds[kind])]
}
