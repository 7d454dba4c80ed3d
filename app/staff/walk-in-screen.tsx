import { useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { mayAuthor } from '../../design-docs/access.ts'
import { said } from '../i18n/dictionary.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { State } from '../ui/state.tsx'
import { Tick } from '../ui/tick.tsx'
import { toast } from '../ui/toast.tsx'
import { blankBib } from './blank-bib.ts'
import { type CorrectionProblem, problemsOf } from './corrections.ts'
import { NameFields } from './name-fields.tsx'
import { usePhone } from './phone.ts'
import { Screen } from './screen.tsx'
import { type WalkIn, walkInFacts } from './walk-in.ts'
import { walkInWords } from './walk-in-words.ts'

/** Enters a team that came without one, under the blank bib that was scanned; needs no network. */
export function WalkInScreen() {
  const phone = usePhone()
  const { params } = useRoute()
  const number = (params.number ?? '').toUpperCase()
  const t = walkInWords.value
  const who = phone.store.session.who.value
  const known = phone.card(number)
  const scanned = blankBib.value?.number === number ? blankBib.value : null
  const may = who !== null && mayAuthor(who.role, 'bind', number, who.teams)
  if (scanned && may && !known) return <Form bib={scanned} />
  return (
    <Screen title={`${t.title} ${number}`} back="/staff/">
      {known ? (
        <State icon="people" title={t.taken(known.name)} text={t.takenText} />
      ) : may ? (
        <State icon="scan" title={t.notScanned} text={t.notScannedText} />
      ) : (
        <State icon="cross" title={words.value.reception.noRight} />
      )}
    </Screen>
  )
}

function Form({ bib }: { bib: { number: string; issue: number } }) {
  const phone = usePhone()
  const { route } = useLocation()
  const t = walkInWords.value
  const classes = phone.event.value?.classes ?? []
  const [next, setNext] = useState<WalkIn>({
    name: '',
    kana: '',
    attention: '',
    members: [{ id: 'm1', name: '' }],
    classId: classes.length === 1 ? (classes[0]?.id ?? '') : '',
    feePaid: false,
  })
  const [problems, setProblems] = useState<ReadonlyMap<string, CorrectionProblem>>(new Map())
  const [tried, setTried] = useState(false)
  const save = async () => {
    const found = problemsOf(next)
    setProblems(found)
    setTried(true)
    if (found.size > 0 || next.classId === '') return
    try {
      for (const draft of walkInFacts(next, bib)) await phone.store.outbox.append(draft)
      blankBib.value = null
      toast(t.saved(bib.number))
      route('/staff/')
    } catch {
      // The disk is full, say: the form stays as it is.
      toast(t.failed)
    }
  }
  const action = (
    <Button kind="main" onClick={() => void save()}>
      {t.save}
    </Button>
  )
  return (
    <Screen title={`${t.title} ${bib.number}`} back="/staff/" action={action}>
      <p class="team-bib">{bib.number}</p>
      <section class="sheet">
        <Field label={t.classOf} {...(tried && next.classId === '' ? { problem: t.classNeeded } : {})}>
          {(ids) => (
            <select
              {...ids}
              value={next.classId}
              onChange={({ currentTarget }) => setNext({ ...next, classId: currentTarget.value })}
            >
              <option value="">{t.choose}</option>
              {classes.map(({ id, name }) => (
                <option key={id} value={id}>
                  {said(name)}
                </option>
              ))}
            </select>
          )}
        </Field>
      </section>
      <NameFields title={t.names} value={next} problems={problems} onChange={setNext} />
      <section class="sheet">
        <Tick checked={next.feePaid} onChange={(feePaid) => setNext({ ...next, feePaid })}>
          <b>{words.value.reception.fee}</b>
        </Tick>
      </section>
    </Screen>
  )
}
