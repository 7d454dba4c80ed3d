import { useEffect, useMemo, useRef, useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import type { Desk } from '../desk/desk.ts'
import { NumberField, TextField } from '../setup/inputs.tsx'
import { emptyForm, type FirstEventField, type FirstEventForm, readForm, timeZones } from './first-event-form.ts'
import { makeFirstEvent } from './make-first-event.ts'
import { setUpWords } from './set-up-words.ts'

type Props = {
  desk: Desk
  token: string
  /** The code that an earlier try has bound the link to. */
  code: string | null
  onGone: () => void
  onDone: () => void
}

/** The form of the first event. A field is checked when the form is sent, and from then on as it is typed. */
export function FirstEvent({ desk, token, code, onGone, onDone }: Props) {
  const t = setUpWords.value
  const [form, setForm] = useState<FirstEventForm>(() => ({
    ...emptyForm(t.className, new Date()),
    ...(code !== null && { code }),
  }))
  const [tried, setTried] = useState(0)
  const [refused, setRefused] = useState<readonly string[]>([])
  const [failure, setFailure] = useState<string | null>(null)
  const [making, setMaking] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const zones = useMemo(timeZones, [])
  const read = readForm(form)
  const bad: readonly string[] = tried === 0 ? [] : [...('bad' in read ? read.bad : []), ...refused]
  const problem = (field: FirstEventField) => (bad.includes(field) ? t.problems[field] : undefined)
  const set = (change: Partial<FirstEventForm>) => {
    setForm({ ...form, ...change })
    setRefused(refused.filter((field) => !(field in change)))
  }
  useEffect(() => {
    if (tried > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [tried])

  const make = async () => {
    setTried(tried + 1)
    setFailure('bad' in read ? t.someBad : null)
    if ('bad' in read || making) return
    setMaking(true)
    const made = await makeFirstEvent(desk, token, read.event)
    setMaking(false)
    if (made.result === 'signed-in') onDone()
    else if (made.result === 'gone') onGone()
    else if (made.result === 'offline') setFailure(t.offline)
    else if (made.result === 'refused') setFailure(t.failed(made.code))
    else {
      setRefused(made.fields)
      setFailure(t.someBad)
    }
  }
  return (
    <form
      ref={element}
      class="sheet stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <p class="soft">{t.lead}</p>
      <h2>{t.event}</h2>
      <Field label={t.code} hint={code === null ? t.codeHint : t.codeBound} {...shown(problem('code'))}>
        {(ids) => (
          <input
            {...ids}
            class="digits"
            value={form.code}
            readOnly={code !== null}
            maxLength={20}
            autocapitalize="none"
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => set({ code: event.currentTarget.value.normalize('NFKC').trim().toLowerCase() })}
          />
        )}
      </Field>
      <div class="form-grid">
        <TextField
          label={t.nameJa}
          hint={t.nameHint}
          value={form.name.ja}
          onChange={(ja) => set({ name: { ...form.name, ja } })}
          problem={problem('name')}
        />
        <TextField label={t.nameEn} value={form.name.en} onChange={(en) => set({ name: { ...form.name, en } })} />
        <Field label={t.timeZone} {...shown(problem('timeZone'))}>
          {(ids) => (
            <select {...ids} value={form.timeZone} onChange={(event) => set({ timeZone: event.currentTarget.value })}>
              {zones.map((zone) => (
                <option key={zone} value={zone}>
                  {zone}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field label={t.startsAt} hint={t.startsAtHint} {...shown(problem('startsAt'))}>
          {(ids) => (
            <input
              {...ids}
              type="datetime-local"
              value={form.startsAt}
              onInput={(event) => set({ startsAt: event.currentTarget.value })}
            />
          )}
        </Field>
      </div>
      <h2>{t.firstClass}</h2>
      <div class="form-grid">
        <TextField
          label={t.classNameJa}
          value={form.className.ja}
          onChange={(ja) => set({ className: { ...form.className, ja } })}
          problem={problem('className')}
        />
        <TextField
          label={t.classNameEn}
          value={form.className.en}
          onChange={(en) => set({ className: { ...form.className, en } })}
        />
        <NumberField
          label={t.limitMinutes}
          step="1"
          value={form.limitMinutes}
          onChange={(limitMinutes) => set({ limitMinutes })}
          problem={problem('limitMinutes')}
        />
      </div>
      <h2>{t.you}</h2>
      <TextField
        label={t.adminName}
        hint={t.adminNameHint}
        maxLength={120}
        value={form.adminName}
        onChange={(adminName) => set({ adminName })}
        problem={problem('adminName')}
      />
      {failure === null ? null : (
        <p class="notice no" role="alert">
          {failure}
        </p>
      )}
      <Button kind="main" type="submit" disabled={making}>
        {making ? t.making : t.make}
      </Button>
    </form>
  )
}

const shown = (problem: string | undefined) => (problem === undefined ? {} : { problem })
