import type { Verdict } from '../../design-docs/derived.ts'
import { count } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'

/** Why a check-in waits or was refused, in words; one that a person approved has nothing left to explain. */
export function reasonTexts({ status, reasons, figures }: Pick<Verdict, 'status' | 'reasons' | 'figures'>): string[] {
  if (status === 'APPROVED') return []
  const t = words.value
  const { limitMeters } = figures
  return reasons
    .filter((reason) => reason !== 'ok')
    .map((reason) =>
      reason === 'too-far' && limitMeters !== undefined ? t.tooFar(count(limitMeters)) : t.reasons[reason],
    )
}
