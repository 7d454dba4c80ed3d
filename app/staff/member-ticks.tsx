import type { Member } from '../../design-docs/facts.ts'
import { words } from '../i18n/words.ts'
import { Tick } from '../ui/tick.tsx'

type MemberTicksProps = { members: readonly Member[]; ticked: readonly string[]; onChange: (ticked: string[]) => void }

/** One tick a member, and one for all of them. */
export function MemberTicks({ members, ticked, onChange }: MemberTicksProps) {
  const t = words.value.members
  if (members.length === 0) return <p class="soft">{t.none}</p>
  const all = members.every(({ id }) => ticked.includes(id))
  return (
    <div class="ticks">
      <Tick checked={all} onChange={(on) => onChange(on ? members.map(({ id }) => id) : [])}>
        <b>{t.all}</b>
      </Tick>
      {members.map(({ id, name, kana }) => (
        <Tick
          key={id}
          checked={ticked.includes(id)}
          onChange={(on) =>
            onChange(members.map((one) => one.id).filter((one) => (one === id ? on : ticked.includes(one))))
          }
        >
          {name}
          {kana ? <span class="soft">{kana}</span> : null}
        </Tick>
      ))}
    </div>
  )
}
