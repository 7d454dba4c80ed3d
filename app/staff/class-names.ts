import type { Card } from '../../design-docs/derived.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/words.ts'

/** The classes of a team and its size: 3時間 混合・4人. */
export function classNames(card: Pick<Card, 'classIds' | 'members'>, event: EventDoc | null): string {
  const t = words.value
  const names = card.classIds.map((id) => {
    const known = event?.classes.find((one) => one.id === id)
    return known ? said(known.name) : id
  })
  return [names.join(' / ') || t.team.noClass, t.people(card.members.length)].join(t.listSeparator)
}
