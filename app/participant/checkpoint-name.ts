import type { CheckpointDoc } from '../../design-docs/plan.ts'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/participant-words.ts'

/** The name of a checkpoint on screen; one that is not released yet, or not in the plan, has none. */
export function checkpointName(number: string, checkpoints: ReadonlyMap<string, CheckpointDoc>): string {
  const known = checkpoints.get(number)
  return known ? said(known.name) : words.value.checkpoints.unknown
}
