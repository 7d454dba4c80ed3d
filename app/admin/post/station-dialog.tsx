import { useState } from 'preact/hooks'
import type { StationDraft, StationRow } from '../../../design-docs/stations.ts'
import { words } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Tick } from '../../ui/tick.tsx'
import { toast } from '../../ui/toast.tsx'
import { problemOf } from '../bad-fields.ts'
import { useDesk } from '../desk/context.ts'
import { NumberField, TextField } from '../setup/inputs.tsx'
import { Pick } from '../setup/pick.tsx'
import { postWords } from './post-words.ts'
import { StationTest } from './station-test.tsx'
import { useSending } from './use-sending.ts'

type Draft = Omit<StationDraft, 'port' | 'mailsPerDay' | 'minutesPerDay' | 'password'> & {
  port: number | undefined
  mailsPerDay: number | undefined
  minutesPerDay: number | undefined
}
const blank: Draft = {
  name: '',
  host: '',
  port: 465,
  security: 'tls',
  user: '',
  from: '',
  mailsPerDay: 100,
  minutesPerDay: 90,
  paused: false,
}
const draftOf = ({
  name,
  host,
  port,
  security,
  user,
  from,
  mailsPerDay,
  minutesPerDay,
  paused,
}: StationRow): Draft => ({
  name,
  host,
  port,
  security,
  user,
  from,
  mailsPerDay,
  minutesPerDay,
  paused,
})
const usualPorts = { tls: 465, starttls: 587, plain: 25 }

type Props = { station: StationRow | null; onClose: () => void; onChanged: () => void }

/** A station to set up or to change, to try out, or to remove. Its password goes in and never comes out. */
export function StationDialog({ station, onClose, onChanged }: Props) {
  const t = postWords.value
  const { desk, who } = useDesk()
  const [draft, setDraft] = useState(station ? draftOf(station) : blank)
  const [password, setPassword] = useState('')
  const [removing, setRemoving] = useState(false)
  const { busy, bad, failed, send } = useSending()
  const root = `/api/events/${who.event}/stations`
  const isFixed = station?.source === 'environment'
  const with_ = (part: Partial<Draft>) => setDraft({ ...draft, ...part })
  const wrong = (field: string) => ({ problem: problemOf(bad, field) })

  const save = async () => {
    const json = { ...draft, ...(password === '' ? {} : { password }) }
    const path = station ? `${root}/${station.id}` : root
    if (!(await send(() => desk.ask(path, { method: station ? 'PUT' : 'POST', json })))) return
    toast(t.saved)
    onChanged()
    onClose()
  }
  const remove = async () => {
    if (!station || !(await send(() => desk.ask(`${root}/${station.id}`, { method: 'DELETE' })))) return
    onChanged()
    onClose()
  }
  const alert = failed ? (
    <p class="notice no" role="alert">
      {failed}
    </p>
  ) : null

  if (removing && station) {
    return (
      <Dialog title={t.removeTitle(station.name)} onClose={onClose}>
        <p>{t.removeText}</p>
        {alert}
        <Button kind="refuse" wide disabled={busy} onClick={() => void remove()}>
          {t.remove}
        </Button>
        <Button kind="bare" wide onClick={() => setRemoving(false)}>
          {words.value.cancel}
        </Button>
      </Dialog>
    )
  }
  return (
    <Dialog title={station ? station.name : t.add} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <TextField
          label={t.name}
          value={draft.name}
          maxLength={80}
          {...wrong('name')}
          onChange={(name) => with_({ name })}
        />
        {isFixed ? (
          <p class="soft">{t.fromEnvironment}</p>
        ) : (
          <>
            <TextField label={t.host} value={draft.host} {...wrong('host')} onChange={(host) => with_({ host })} />
            <Pick
              label={t.security}
              value={draft.security}
              of={t.securities}
              onChange={(security) => with_({ security, port: usualPorts[security] })}
            />
            {problemOf(bad, 'security') ? <p class="problem">{problemOf(bad, 'security')}</p> : null}
            <NumberField
              label={t.port}
              value={draft.port}
              step="1"
              {...wrong('port')}
              onChange={(port) => with_({ port })}
            />
            <TextField label={t.user} value={draft.user} {...wrong('user')} onChange={(user) => with_({ user })} />
            <Field
              label={t.password}
              hint={station?.hasPassword ? t.passwordKept : t.passwordHint}
              {...(problemOf(bad, 'password') ? { problem: t.passwordNeeded } : {})}
            >
              {(ids) => (
                <input
                  {...ids}
                  type="password"
                  autocomplete="new-password"
                  maxLength={500}
                  value={password}
                  onInput={(event) => setPassword(event.currentTarget.value)}
                />
              )}
            </Field>
            <TextField label={t.from} value={draft.from} {...wrong('from')} onChange={(from) => with_({ from })} />
          </>
        )}
        <NumberField
          label={t.mailsPerDay}
          value={draft.mailsPerDay}
          step="1"
          {...wrong('mailsPerDay')}
          onChange={(mailsPerDay) => with_({ mailsPerDay })}
        />
        <NumberField
          label={t.minutesPerDay}
          value={draft.minutesPerDay}
          step="1"
          {...wrong('minutesPerDay')}
          onChange={(minutesPerDay) => with_({ minutesPerDay })}
        />
        <Tick checked={draft.paused ?? false} onChange={(paused) => with_({ paused })}>
          {t.paused}
        </Tick>
        {alert}
        <Button kind="main" type="submit" disabled={busy}>
          {t.save}
        </Button>
      </form>
      {station ? <StationTest path={`${root}/${station.id}/test`} from={station.from} /> : null}
      {station && !isFixed ? (
        <Button wide onClick={() => setRemoving(true)}>
          {t.remove}
        </Button>
      ) : null}
      <Button kind="bare" wide onClick={onClose}>
        {words.value.close}
      </Button>
    </Dialog>
  )
}
