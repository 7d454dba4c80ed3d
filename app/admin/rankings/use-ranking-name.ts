import { overallId } from '../../../design-docs/ids.ts'
import { said } from '../../i18n/dictionary.ts'
import { useDesk } from '../desk/context.ts'
import { words } from './ranking-words.ts'

/** What a ranking is called: its class, or all together. */
export function useRankingName(): (classId: string) => string {
  const classes = useDesk().overview.value?.event.classes ?? []
  return (classId) => {
    if (classId === overallId) return words.value.overall
    const known = classes.find(({ id }) => id === classId)
    return known ? said(known.name) : classId
  }
}
