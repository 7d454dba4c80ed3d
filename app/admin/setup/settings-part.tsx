import { useEffect, useState } from 'preact/hooks'
import { type SettingKey, settingProblem, settings } from '../../../design-docs/settings.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { words } from './setting-words.ts'

type Row = { key: SettingKey; value: string | number; source: string | null; _rev: string | null }
type Page = { settings: Row[] }

/** What running servers and phones follow, one by one, each with who set it. */
export function SettingsPart() {
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<Page>(who.role === 'admin' ? `/api/events/${who.event}/settings` : null, {
    desk,
    live,
    concerns: () => false,
  })
  const t = words.value
  if (who.role !== 'admin') return <p class="sheet">{t.adminsOnly}</p>
  return (
    <Shown loaded={loaded}>
      {(page) => (
        <>
          <p>{t.text}</p>
          {page.settings.map((row) => (
            <Setting key={row.key} row={row} onReload={loaded.reload} />
          ))}
        </>
      )}
    </Shown>
  )
}

function Setting({ row, onReload }: { row: Row; onReload: () => void }) {
  const { desk, who, nameOf } = useDesk()
  const [text, setText] = useState(String(row.value))
  const [refusal, setRefusal] = useState<string | null>(null)
  const t = words.value
  useEffect(() => setText(String(row.value)), [row])
  const spec = settings[row.key]
  const value = spec.kind === 'number' ? (text.trim() === '' ? Number.NaN : Number(text)) : text.trim()
  const problem = settingProblem(row.key, value)
  const [title, about] = t.settings[row.key]
  const save = async (wanted: string | number | null) => {
    setRefusal(null)
    const json = { value: wanted, _rev: row._rev }
    const answer = await desk.ask(`/api/events/${who.event}/settings/${row.key}`, { method: 'PUT', json })
    if (answer.kind === 'ok') toast(t.saved)
    else if (answer.kind !== 'refused') return setRefusal(common.value.failed.offline)
    else if (answer.code !== 'ZK-PLAN-001') return setRefusal(common.value.failed.otherText(answer.code))
    else setRefusal(t.clash)
    onReload()
  }
  return (
    <form
      class="sheet stack"
      onSubmit={(event) => {
        event.preventDefault()
        if (!problem) void save(value)
      }}
    >
      <Field
        label={spec.kind === 'number' ? t.label(title, t.units[spec.unit]) : title}
        hint={about}
        {...(problem && { problem: t.problems[problem] })}
      >
        {(ids) =>
          spec.kind === 'choice' ? (
            <select {...ids} value={text} onChange={(event) => setText(event.currentTarget.value)}>
              {spec.values.map((one) => (
                <option key={one} value={one}>
                  {t.choices[one]}
                </option>
              ))}
            </select>
          ) : (
            <input
              {...ids}
              inputMode={spec.kind === 'number' ? 'numeric' : 'tel'}
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
          )
        }
      </Field>
      <p class="soft">{row.source === null ? t.product : t.from(nameOf(row.source))}</p>
      {refusal ? (
        <p class="notice no" role="alert">
          {refusal}
        </p>
      ) : null}
      <div class="pair">
        <Button kind="main" type="submit" disabled={problem !== null || value === row.value}>
          {t.save}
        </Button>
        <Button disabled={row.source === null} onClick={() => void save(null)}>
          {t.reset}
        </Button>
      </div>
    </form>
  )
}
