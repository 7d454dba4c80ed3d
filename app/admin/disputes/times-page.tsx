import { useState } from 'preact/hooks'
import type { TeamRow } from '../../../design-docs/console.ts'
import { factId } from '../../../design-docs/ids.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useDesk } from '../desk/context.ts'
import type { NewDecision } from '../desk/decisions.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { DisputeTabs } from './dispute-tabs.tsx'
import { words } from './dispute-words.ts'
import { TimesForm } from './times-form.tsx'

/** Real times for several teams at once, such as a wave that started late; the last ones can be taken back. */
export function TimesPage() {
  const t = words.value.times
  const { desk, live, who, decisions } = useDesk()
  const [made, setMade] = useState<readonly string[]>([])
  const [round, setRound] = useState(0)
  const loaded = useLoaded<{ teams: TeamRow[] }>(`/api/events/${who.event}/teams`, {
    desk,
    live,
    concerns: ({ teams }) => teams.length > 0,
  })
  const save = (wanted: readonly NewDecision[]) => {
    setMade(
      wanted.map((decision) => factId('team' in decision ? decision.team : '', 'timing', decisions.decide(decision))),
    )
    setRound(round + 1)
  }
  const undo = () => {
    for (const fact of made) decisions.decide({ kind: 'void', fact, reason: t.undoReason })
    setMade([])
  }
  return (
    <Page title={t.title}>
      <DisputeTabs current="times" />
      <p class="soft">{t.lead}</p>
      {made.length > 0 ? (
        <div class="row">
          <span class="grow" role="status">
            {t.saved(count(made.length))}
          </span>
          <Button onClick={undo}>{t.undo}</Button>
        </div>
      ) : null}
      <Shown loaded={loaded}>{({ teams }) => <Wave key={round} teams={teams} onSave={save} />}</Shown>
    </Page>
  )
}

type WaveProps = { teams: readonly TeamRow[]; onSave: (decisions: readonly NewDecision[]) => void }

function Wave({ teams, onSave }: WaveProps) {
  const t = words.value.times
  const classes = useDesk().overview.value?.event.classes ?? []
  const [text, setText] = useState('')
  const [tried, setTried] = useState(false)
  const known = new Set(teams.map(({ team }) => team))
  const given = [
    ...new Set(
      text
        .normalize('NFKC')
        .toUpperCase()
        .split(/[\s,、]+/u)
        .filter(Boolean),
    ),
  ]
  const unknown = given.filter((team) => !known.has(team))
  const problem = unknown.length > 0 ? t.unknown(unknown.join(', ')) : given.length === 0 ? t.teamsNeeded : null
  const addClass = (classId: string) => {
    const more = teams.filter(({ classIds }) => classIds[0] === classId).map(({ team }) => team)
    setText([...new Set([...given, ...more])].join(' '))
  }
  return (
    <div class="sheet stack">
      <Field
        label={t.teams}
        hint={t.chosen(count(given.length - unknown.length))}
        {...(tried && problem ? { problem } : {})}
      >
        {(ids) => <textarea {...ids} rows={3} value={text} onInput={(event) => setText(event.currentTarget.value)} />}
      </Field>
      <fieldset class="choices">
        <legend>{t.addClass}</legend>
        {classes.map(({ id, name }) => (
          <Button key={id} onClick={() => addClass(id)}>
            {said(name) || common.value.none}
          </Button>
        ))}
      </fieldset>
      <TimesForm
        teams={given}
        onSave={onSave}
        before={() => {
          setTried(true)
          return problem === null
        }}
      />
    </div>
  )
}
