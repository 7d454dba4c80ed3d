import type { Card } from '../../design-docs/derived.ts'
import { said } from '../i18n/dictionary.ts'
import { timeOf } from '../i18n/format.ts'
import { words } from '../i18n/participant-words.ts'
import { Field } from '../ui/field.tsx'
import { useOwnTeam } from './own-team.ts'

/** Whose card this is, the number larger than anything else; an agent changes teams here. */
export function TeamHead({ card }: { card: Card }) {
  const { event, teams } = useOwnTeam()
  const t = words.value
  const classes = card.classIds.map((id) => {
    const known = event.value?.classes.find((one) => one.id === id)
    return known ? said(known.name) : id
  })
  return (
    <section class="team-head">
      {event.value ? <p class="soft">{said(event.value.name)}</p> : null}
      <p class="own-number">
        <a href="/team/number">
          <span class="hidden-text">{t.team.number} </span>
          {card.team}
        </a>
      </p>
      <p class="name">{card.name}</p>
      <p>{[classes.join(' / ') || t.team.noClass, t.people(card.members.length)].join(t.listSeparator)}</p>
      {teams.value.length > 1 ? <TeamChoice /> : null}
      <Standing card={card} />
    </section>
  )
}

/** For an agent, who acts for several teams. */
export function TeamChoice() {
  const { teams, number, choose } = useOwnTeam()
  return (
    <Field label={words.value.team.choose}>
      {(ids) => (
        <select {...ids} value={number.value ?? ''} onChange={(event) => choose(event.currentTarget.value)}>
          {teams.value.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** What changes everything else on the card: out of the event, or waiting for help. */
function Standing({ card }: { card: Card }) {
  const { timeZone } = useOwnTeam()
  const t = words.value.notices
  const time = (at: number) => timeOf(at, timeZone.value)
  const lines = [
    card.help ? { tone: 'no', text: `${t.help} ${time(card.help.at)}`, more: card.help.text } : null,
    card.status === 'registered' || card.status === 'not-placed'
      ? null
      : { tone: 'no', text: t[card.status], more: card.statusReason },
    card.retired
      ? {
          tone: 'warn',
          text: `${t.retired} ${time(card.retired.at)}`,
          more: [card.retired.reason, card.retired.place].filter(Boolean).join(words.value.listSeparator),
        }
      : null,
  ]
  return lines.map((line) =>
    line ? (
      <div key={line.text} class={`notice ${line.tone}`}>
        <h2>{line.text}</h2>
        {line.more ? <p>{line.more}</p> : null}
      </div>
    ) : null,
  )
}
