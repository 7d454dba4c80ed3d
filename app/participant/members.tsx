import type { Card } from '../../design-docs/derived.ts'
import { words } from '../i18n/participant-words.ts'
import { MemberList } from '../ui/member-list.tsx'

/** Who is in the team, and who of them was received. */
export function Members({ card, fresh }: { card: Card; fresh: boolean }) {
  const t = words.value.team
  return (
    <section class={`sheet flush${fresh ? ' fresh' : ''}`}>
      <h2 class="sheet-title">{t.members}</h2>
      {card.members.length === 0 ? <p class="soft sheet-end">{t.noMembers}</p> : null}
      <MemberList card={card} words={t} />
    </section>
  )
}
