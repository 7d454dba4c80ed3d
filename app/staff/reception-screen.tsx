import { useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { mayAuthor } from '../../design-docs/access.ts'
import type { Card } from '../../design-docs/derived.ts'
import { timeOf } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { State } from '../ui/state.tsx'
import { Tick } from '../ui/tick.tsx'
import { toast } from '../ui/toast.tsx'
import { classNames } from './class-names.ts'
import { CorrectionForm } from './correction-form.tsx'
import { MemberTicks } from './member-ticks.tsx'
import { usePhone } from './phone.ts'
import { Screen } from './screen.tsx'
import { teamCard } from './team-card.ts'

/** Who came, whether the fee is paid, and names put right; can be opened again at any time. */
export function ReceptionScreen() {
  const phone = usePhone()
  const { params } = useRoute()
  const number = (params.number ?? '').toUpperCase()
  const t = words.value.reception
  const card = teamCard(phone, number)
  const who = phone.store.session.who.value
  if (card && who && mayAuthor(who.role, 'reception', number, who.teams)) return <Receive card={card} />
  return (
    <Screen title={`${t.title} ${number}`} back={`/staff/team/${number}`}>
      {card ? <State icon="cross" title={t.noRight} /> : <State icon="people" title={t.noCard} text={t.noCardText} />}
    </Screen>
  )
}

function Receive({ card }: { card: Card }) {
  const phone = usePhone()
  const { route } = useLocation()
  const t = words.value.reception
  const [arrived, setArrived] = useState<readonly string[]>(card.reception?.arrived ?? card.members.map(({ id }) => id))
  const [feePaid, setFeePaid] = useState(card.reception?.feePaid ?? false)
  const [note, setNote] = useState(card.reception?.note ?? '')
  const [correcting, setCorrecting] = useState(false)
  const known = card.members.filter(({ id }) => arrived.includes(id)).map(({ id }) => id)
  const save = async () => {
    await phone.store.outbox.append({
      type: 'reception',
      team: card.team,
      arrived: known,
      feePaid,
      ...(note.trim() && { note: note.trim() }),
    })
    toast(t.saved)
    route('/staff/')
  }
  const action = correcting ? null : (
    <Button kind="main" onClick={() => void save()}>
      {t.save}
    </Button>
  )
  return (
    <Screen title={`${t.title} ${card.team}`} back={`/staff/team/${card.team}`} action={action}>
      <section class="sheet">
        <p class="team-bib">{card.team}</p>
        <p class="name">{card.name}</p>
        <p>{classNames(card, phone.event.value)}</p>
        {card.reception ? <p class="soft">{t.done(timeOf(card.reception.at, phone.timeZone.value))}</p> : null}
        {card.attention ? <p class="notice warn">{card.attention}</p> : null}
      </section>
      {correcting ? (
        <CorrectionForm card={card} onClose={() => setCorrecting(false)} />
      ) : (
        <>
          <section class="sheet stack">
            <h2>{t.arrived}</h2>
            <MemberTicks members={card.members} ticked={arrived} onChange={setArrived} />
          </section>
          <section class="sheet stack">
            <Tick checked={feePaid} onChange={setFeePaid}>
              <b>{t.fee}</b>
            </Tick>
            <Field label={t.note}>
              {(ids) => (
                <textarea
                  {...ids}
                  rows={2}
                  maxLength={1000}
                  value={note}
                  onInput={(event) => setNote(event.currentTarget.value)}
                />
              )}
            </Field>
          </section>
          <Button wide onClick={() => setCorrecting(true)}>
            {t.names}
          </Button>
        </>
      )}
    </Screen>
  )
}
