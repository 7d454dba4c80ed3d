import { useState } from 'preact/hooks'
import type { PageDoc } from '../../../design-docs/pages.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { type BadFields, badFieldsOf, problemOf } from '../bad-fields.ts'
import { TextField } from '../setup/inputs.tsx'
import { useDraft } from '../setup/use-draft.ts'
import { MapPart } from './map-part.tsx'
import { PagePreview } from './page-preview.tsx'
import { words } from './page-words.ts'
import { SchedulePart } from './schedule-part.tsx'
import type { Pages } from './use-pages.ts'

type Props = { saved: PageDoc; pages: Pages; onClose: () => void }

/** A page in a form, with how phones will show it beside; a clash is shown, and nobody's work is lost by it. */
export function PageEditor({ saved, pages, onClose }: Props) {
  const t = words.value
  const { draft, dirty, set, reset } = useDraft<PageDoc>(saved)
  const [bad, setBad] = useState<BadFields>([])
  const [theirs, setTheirs] = useState<PageDoc | null>(null)
  const isNew = saved._rev === undefined

  const save = async (page: PageDoc) => {
    const result = await pages.save(page, isNew ? null : (theirs ?? saved))
    if (result.ok) {
      reset(result.page)
      setBad([])
      setTheirs(null)
      return void toast(t.saved)
    }
    setBad(badFieldsOf(result.figures))
    const other = result.figures.theirs as PageDoc | null | undefined
    if (result.code === 'ZK-PLAN-001' && other) setTheirs(other)
    else if (result.code !== 'ZK-PLAN-002') toast(t.failed(result.code ?? '—'))
  }
  const words2 = (field: 'title' | 'body', language: 'ja' | 'en', text: string) =>
    set({ [field]: { ...draft[field], [language]: text } } as Partial<PageDoc>)
  const body = (language: 'ja' | 'en', label: string) => (
    <Field label={label} hint={t.bodyHint}>
      {(ids) => (
        <textarea
          {...ids}
          rows={6}
          maxLength={20_000}
          value={draft.body[language]}
          onInput={(event) => words2('body', language, event.currentTarget.value)}
        />
      )}
    </Field>
  )
  return (
    <div class="page-editor">
      <form
        class="sheet stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save(draft)
        }}
      >
        <div class="form-grid">
          <TextField
            label={t.titleJa}
            value={draft.title.ja}
            onChange={(text) => words2('title', 'ja', text)}
            problem={problemOf(bad, 'title')}
          />
          <TextField label={t.titleEn} value={draft.title.en} onChange={(text) => words2('title', 'en', text)} />
        </div>
        {draft.kind === 'schedule' ? (
          <SchedulePart rows={draft.rows} bad={bad} onChange={(rows) => set({ rows } as Partial<PageDoc>)} />
        ) : null}
        {draft.kind === 'map' ? (
          <MapPart
            page={draft}
            isNew={isNew}
            bad={bad}
            onChange={(change) => set(change)}
            onStored={({ picture, _rev }) => {
              // The upload has saved the picture already; what else is being edited stays a draft over that.
              set({ picture, _rev } as Partial<PageDoc>)
              pages.loaded.reload()
            }}
          />
        ) : null}
        {body('ja', t.bodyJa)}
        {body('en', t.bodyEn)}
        {theirs ? (
          <div class="notice warn stack" role="alert">
            <p>{t.clashKeep}</p>
            <div class="row wrap">
              <Button onClick={() => void save({ ...draft, _rev: theirs._rev })}>{t.overwrite}</Button>
              <Button
                onClick={() => {
                  reset(theirs)
                  setTheirs(null)
                }}
              >
                {t.takeTheirs}
              </Button>
            </div>
          </div>
        ) : null}
        <div class="row wrap">
          <Button kind="main" type="submit" disabled={!dirty && !isNew}>
            {t.save}
          </Button>
          <span class="soft grow" role="status">
            {dirty ? t.unsaved : ''}
          </span>
          <Button kind="bare" onClick={onClose}>
            {t.close}
          </Button>
        </div>
      </form>
      <PagePreview page={draft} />
    </div>
  )
}
