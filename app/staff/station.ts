import type { CheckpointDoc } from '../../design-docs/plan.ts'
import type { Words } from '../../design-docs/primitives.ts'
import type { Station } from '../../functions/rules/scan-verdict.ts'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/words.ts'
import { keptSignal } from '../ui/kept-signal.ts'

/** Where this phone stands: what a scan means here. */
export const station = keptSignal<Station | null>('zekken.station', null, (value) => {
  if (typeof value !== 'object' || value === null) return undefined
  const { kind, checkpoint, classIds, palette, name } = value as Record<string, unknown>
  const only = Array.isArray(classIds) ? { classIds: classIds.map(String) } : {}
  if (kind === 'reception') return { kind, ...only }
  if (kind === 'corner' && name)
    return { kind, palette: palette ? String(palette) : null, name: name as Words, ...only }
  return kind === 'checkpoint' && typeof checkpoint === 'string' ? { kind, checkpoint, ...only } : undefined
})

/** The place in words: CP 34 and its name, or the reception. */
export function placeName(place: Station | null, checkpoints: ReadonlyMap<string, CheckpointDoc>): string {
  if (place === null) return words.value.station.none
  if (place.kind === 'corner') return said(place.name)
  return place.kind === 'reception' ? words.value.station.reception : checkpointName(place.checkpoint, checkpoints)
}

/** CP 34 and its name; the number alone while the plan has not arrived. */
export function checkpointName(number: string, checkpoints: ReadonlyMap<string, CheckpointDoc>): string {
  const checkpoint = checkpoints.get(number)
  return words.value.checkpoint(number, checkpoint ? said(checkpoint.name) : '').trim()
}
