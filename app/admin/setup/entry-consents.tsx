import type { EntryConsent } from '../../../design-docs/entry.ts'
import { Button } from '../../ui/button.tsx'
import { Tick } from '../../ui/tick.tsx'
import { words } from './entry-part-words.ts'
import { NumberField, TextField } from './inputs.tsx'
import { nextId } from './next-id.ts'

type Props = {
  consents: readonly EntryConsent[]
  problem: (field: string) => string | undefined
  onChange: (consents: EntryConsent[]) => void
}

/** What those who enter, or their guardians, have to agree to. */
export function EntryConsents({ consents, problem, onChange }: Props) {
  const t = words.value
  const set = (at: number, part: Partial<EntryConsent>) =>
    onChange(consents.map((one, n) => (n === at ? { ...one, ...part } : one)))
  const add = () => onChange([...consents, { id: nextId('k', consents), text: { ja: '', en: '' }, required: true }])
  return (
    <>
      <h2>{t.consents}</h2>
      {consents.map(({ id, text, required, untilAge }, n) => (
        <fieldset class="plan-fields class-form" key={id}>
          <legend>{t.consent(n + 1)}</legend>
          <div class="form-grid">
            <TextField
              label={t.textJa}
              maxLength={2000}
              value={text.ja}
              onChange={(ja) => set(n, { text: { ...text, ja } })}
              problem={problem(`consents.${n}.text.ja`)}
            />
            <TextField
              label={t.textEn}
              maxLength={2000}
              value={text.en}
              onChange={(en) => set(n, { text: { ...text, en } })}
              problem={problem(`consents.${n}.text.en`)}
            />
            <NumberField
              label={t.untilAge}
              hint={t.untilAgeHint}
              step="1"
              value={untilAge}
              onChange={(age) => set(n, { untilAge: age })}
              problem={problem(`consents.${n}.untilAge`)}
            />
          </div>
          <Tick checked={required} onChange={(checked) => set(n, { required: checked })}>
            {t.required}
          </Tick>
          <div>
            <Button kind="bare" onClick={() => onChange(consents.filter((_, at) => at !== n))}>
              {t.removeConsent(n + 1)}
            </Button>
          </div>
        </fieldset>
      ))}
      <div>
        <Button onClick={add}>{t.addConsent}</Button>
      </div>
    </>
  )
}
