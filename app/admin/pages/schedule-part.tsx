import type { ScheduleRow } from '../../../design-docs/pages.ts'
import { said } from '../../i18n/dictionary.ts'
import { Button } from '../../ui/button.tsx'
import { Tick } from '../../ui/tick.tsx'
import { TimeField } from '../../ui/time-field.tsx'
import { type BadFields, problemOf } from '../bad-fields.ts'
import { useDesk } from '../desk/context.ts'
import { TextField } from '../setup/inputs.tsx'
import { freeId } from './new-page.ts'
import { words } from './page-words.ts'

type Props = { rows: readonly ScheduleRow[]; bad: BadFields; onChange: (rows: ScheduleRow[]) => void }
const halfHourMs = 1_800_000

/** The lines of a schedule, by the clocks of the event. */
export function SchedulePart({ rows, bad, onChange }: Props) {
  const t = words.value
  const { overview } = useDesk()
  const event = overview.value?.event
  const timeZone = event?.timeZone ?? 'UTC'
  const change = (index: number, fields: Partial<ScheduleRow>) =>
    // An emptied field is left out of the document: JSON does so with what is undefined.
    onChange(rows.map((row, n) => (n === index ? { ...row, ...fields } : row)))
  const add = () => {
    const last = rows.at(-1)
    const from = last ? (last.to ?? last.from + halfHourMs) : (event?.startsAt ?? Date.now())
    onChange([...rows, { id: freeId(rows, 'row'), from, title: { ja: '', en: '' } }])
  }
  const words2 = (row: ScheduleRow, field: 'title' | 'place', language: 'ja' | 'en', text: string) => {
    const next = { ...(row[field] ?? { ja: '', en: '' }), [language]: text }
    return { [field]: field === 'place' && !next.ja && !next.en ? undefined : next } as Partial<ScheduleRow>
  }
  return (
    <section class="stack">
      <h2>{t.rows}</h2>
      {rows.map((row, index) => {
        const name = said(row.title) || t.row(index + 1)
        const chosen = row.classes ?? []
        return (
          <fieldset key={row.id} class="part">
            <legend>{name}</legend>
            <div class="form-grid">
              <TimeField
                label={t.from}
                value={row.from}
                timeZone={timeZone}
                onChange={(from) => from !== undefined && change(index, { from })}
              />
              <TimeField
                label={t.to}
                value={row.to}
                timeZone={timeZone}
                onChange={(to) => change(index, { to } as Partial<ScheduleRow>)}
                problem={problemOf(bad, `rows.${index}.to`)}
              />
              <TextField
                label={t.what}
                value={row.title.ja}
                onChange={(text) => change(index, words2(row, 'title', 'ja', text))}
                problem={problemOf(bad, `rows.${index}.title`)}
              />
              <TextField
                label={t.whatEn}
                value={row.title.en}
                onChange={(text) => change(index, words2(row, 'title', 'en', text))}
              />
              <TextField
                label={t.place}
                value={row.place?.ja ?? ''}
                onChange={(text) => change(index, words2(row, 'place', 'ja', text))}
              />
              <TextField
                label={t.placeEn}
                value={row.place?.en ?? ''}
                onChange={(text) => change(index, words2(row, 'place', 'en', text))}
              />
            </div>
            {event && event.classes.length > 1 ? (
              <details class="more">
                <summary>{t.classes}</summary>
                {event.classes.map(({ id, name: called }) => (
                  <Tick
                    key={id}
                    checked={chosen.includes(id)}
                    onChange={(on) => {
                      const next = on ? [...chosen, id] : chosen.filter((one) => one !== id)
                      change(index, { classes: next.length > 0 ? next : undefined } as Partial<ScheduleRow>)
                    }}
                  >
                    {said(called)}
                  </Tick>
                ))}
              </details>
            ) : null}
            <Button kind="bare" onClick={() => onChange(rows.filter((_, n) => n !== index))}>
              {t.removePart(name)}
            </Button>
          </fieldset>
        )
      })}
      <div>
        <Button onClick={add}>{t.addRow}</Button>
      </div>
    </section>
  )
}
