import type { CheckpointDoc } from '../../../design-docs/plan.ts'
import { words } from '../../i18n/admin-words.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Tick } from '../../ui/tick.tsx'
import { TimeField } from '../../ui/time-field.tsx'
import { problemOf } from '../bad-fields.ts'
import { FormEnd } from './form-end.tsx'
import { NumberField, TextField } from './inputs.tsx'
import { ReferencePhoto } from './reference-photo.tsx'
import { usePlanForm } from './use-plan-form.tsx'

type Props = { saved: CheckpointDoc; timeZone: string; onSaved: () => void; onClose: () => void }
const kinds = ['photo', 'staffed', 'start', 'goal'] as const

/** One checkpoint in a form; a new one has no revision yet. */
export function CheckpointForm({ saved, timeZone, onSaved, onClose }: Props) {
  const t = setupWords.value
  const { draft, dirty, set, bad, save, dialog } = usePlanForm<CheckpointDoc>(saved, () => {
    onSaved()
    onClose()
  })
  const isNew = saved._rev === undefined
  // JSON leaves an undefined field out of the document, which is what an emptied one should be.
  const optional = (field: 'radiusMeters' | 'opensAt' | 'closesAt', value: number | undefined) =>
    set({ [field]: value } as Partial<CheckpointDoc>)
  const mustShow = (language: 'ja' | 'en', text: string) =>
    set({ mustShow: { ...(draft.mustShow ?? { ja: '', en: '' }), [language]: text } })
  return (
    <div class="sheet stack">
      <h2>{isNew ? t.newCheckpoint : t.editCheckpoint(saved.number)}</h2>
      <div class="form-grid">
        {isNew ? (
          <TextField
            label={t.number}
            value={draft.number}
            maxLength={12}
            onChange={(text) => {
              const number = text.normalize('NFKC').toUpperCase().trim()
              set({ number, _id: `checkpoint:${number}` })
            }}
            problem={problemOf(bad, 'number')}
          />
        ) : null}
        <TextField
          label={t.nameJa}
          value={draft.name.ja}
          onChange={(ja) => set({ name: { ...draft.name, ja } })}
          problem={problemOf(bad, 'name.ja')}
        />
        <TextField
          label={t.nameEn}
          value={draft.name.en}
          onChange={(en) => set({ name: { ...draft.name, en } })}
          problem={problemOf(bad, 'name.en')}
        />
        <NumberField
          label={t.checkpointPoints}
          step="1"
          value={draft.points}
          onChange={(points) => set({ points: points ?? 0 })}
          problem={problemOf(bad, 'points')}
        />
        <Field label={t.kind}>
          {(ids) => (
            <select
              {...ids}
              value={draft.kind}
              onChange={(event) => set({ kind: kinds.find((one) => one === event.currentTarget.value) ?? draft.kind })}
            >
              {kinds.map((one) => (
                <option key={one} value={one}>
                  {t.kinds[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        <NumberField
          label={t.lat}
          value={draft.lat}
          onChange={(lat) => set({ lat: lat ?? 0 })}
          problem={problemOf(bad, 'lat')}
        />
        <NumberField
          label={t.lng}
          value={draft.lng}
          onChange={(lng) => set({ lng: lng ?? 0 })}
          problem={problemOf(bad, 'lng')}
        />
        <NumberField
          label={t.radiusOwn}
          value={draft.radiusMeters}
          onChange={(value) => optional('radiusMeters', value)}
          problem={problemOf(bad, 'radiusMeters')}
        />
        <TimeField
          label={t.opensAt}
          value={draft.opensAt}
          timeZone={timeZone}
          onChange={(value) => optional('opensAt', value)}
          problem={problemOf(bad, 'opensAt')}
        />
        <TimeField
          label={t.closesAt}
          value={draft.closesAt}
          timeZone={timeZone}
          onChange={(value) => optional('closesAt', value)}
          problem={problemOf(bad, 'closesAt')}
        />
        <TextField
          label={t.mustShowJa}
          value={draft.mustShow?.ja ?? ''}
          onChange={(text) => mustShow('ja', text)}
          problem={problemOf(bad, 'mustShow.ja')}
        />
        <TextField
          label={t.mustShowEn}
          value={draft.mustShow?.en ?? ''}
          onChange={(text) => mustShow('en', text)}
          problem={problemOf(bad, 'mustShow.en')}
        />
      </div>
      <Tick checked={draft.showReference === true} onChange={(showReference) => set({ showReference })}>
        {t.showReference}
      </Tick>
      <Tick checked={draft.cancelled === true} onChange={(cancelled) => set({ cancelled })}>
        {t.cancelled}
      </Tick>
      {isNew ? null : <ReferencePhoto checkpoint={saved} onSaved={onSaved} />}
      <FormEnd dirty={dirty} bad={bad} onSave={() => save(withoutEmpty(draft))} />
      <div>
        <Button kind="bare" onClick={onClose}>
          {words.value.back}
        </Button>
      </div>
      {dialog}
    </div>
  )
}

/** JSON leaves undefined fields out by itself; empty words are left out here. */
function withoutEmpty(draft: CheckpointDoc): CheckpointDoc {
  const { mustShow, ...others } = JSON.parse(JSON.stringify(draft)) as CheckpointDoc
  return mustShow && (mustShow.ja || mustShow.en) ? { ...others, mustShow } : others
}
