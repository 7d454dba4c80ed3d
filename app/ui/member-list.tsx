import type { Card } from '../../design-docs/derived.ts'

type MemberListProps = {
  card: Pick<Card, 'members' | 'reception'>
  words: Record<'arrived' | 'notArrived', string>
}

/** Who is in the team and, once the team was received, who of them was there. */
export function MemberList({ card: { members, reception }, words: t }: MemberListProps) {
  return (
    <ul class="list">
      {members.map(({ id, name, kana }) => (
        <li key={id}>
          <div>
            {name}
            {kana ? <p class="soft">{kana}</p> : null}
          </div>
          {reception ? <span class="soft">{reception.arrived.includes(id) ? t.arrived : t.notArrived}</span> : null}
        </li>
      ))}
    </ul>
  )
}
