import type { Card } from '../../design-docs/derived.ts'
import { words } from '../i18n/participant-words.ts'

/** Who is in the team, and who of them was received. */
export function Members({ card, fresh }: { card: Card; fresh: boolean }) {
  const t = words.value.team
  return (
    <section class={`sheet flush${fresh ? ' fresh' : ''}`}>
      <h2 class="sheet-title">{t.members}</h2>
      {card.members.length === 0 ? <p class="soft sheet-end">{t.noMembers}</p> : null}
      <ul class="list">
        {card.members.map(({ id, name, kana }) => (
          <li key={id}>
            <div>
              {name}
              {kana ? <p class="soft">{kana}</p> : null}
            </div>
            {card.reception ? (
              <span class="soft">{card.reception.arrived.includes(id) ? t.arrived : t.notArrived}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
