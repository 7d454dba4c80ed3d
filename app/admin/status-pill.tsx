import type { VerdictStatus } from '../../design-docs/derived.ts'
import { words } from '../i18n/admin-words.ts'
import { Pill } from '../ui/pill.tsx'

const tones = { APPROVED: 'ok', AUTO_APPROVED: 'ok', PENDING: 'wait', REJECTED: 'no' } as const

/** The state of a check-in in a word and its colour. */
export function StatusPill({ status }: { status: VerdictStatus }) {
  return <Pill tone={tones[status]}>{words.value.statuses[status]}</Pill>
}
