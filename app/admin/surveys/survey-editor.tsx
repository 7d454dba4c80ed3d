import { useState } from 'preact/hooks'
import type { SurveyDoc } from '../../../design-docs/surveys.ts'
import { said } from '../../i18n/dictionary.ts'
import { MarkdownText } from '../../notices/markdown-text.tsx'
import { QuestionField } from '../../surveys/question-field.tsx'
import { Button } from '../../ui/button.tsx'
import { TimeField } from '../../ui/time-field.tsx'
import { toast } from '../../ui/toast.tsx'
import { type BadFields, badFieldsOf, problemOf } from '../bad-fields.ts'
import { useDesk } from '../desk/context.ts'
import { TextField } from '../setup/inputs.tsx'
import { useDraft } from '../setup/use-draft.ts'
import { AudienceField } from './audience-field.tsx'
import { tidied } from './new-survey.ts'
import { NotShown } from './not-shown.tsx'
import { QuestionsPart } from './questions-part.tsx'
import { words } from './survey-words.ts'
import type { Surveys } from './use-surveys.ts'

type Props = { saved: SurveyDoc; surveys: Surveys; onClose: () => void }

/** A survey in a form, with how phones will show it beside. */
export function SurveyEditor({ saved, surveys, onClose }: Props) {
  const t = words.value
  const { overview } = useDesk()
  const timeZone = overview.value?.event.timeZone ?? 'UTC'
  const { draft, dirty, set, reset } = useDraft<SurveyDoc>(saved)
  const [bad, setBad] = useState<BadFields>([])
  const [theirs, setTheirs] = useState<SurveyDoc | null>(null)
  const isNew = saved._rev === undefined

  const save = async (survey: SurveyDoc) => {
    const result = await surveys.save(survey, isNew ? null : (theirs ?? saved))
    if (result.ok) {
      reset(result.survey)
      setBad([])
      setTheirs(null)
      return void toast(t.saved)
    }
    setBad(badFieldsOf(result.figures))
    const other = result.figures.theirs as SurveyDoc | null | undefined
    if (result.code === 'ZK-PLAN-001' && other) setTheirs(other)
    else if (result.code !== 'ZK-PLAN-002') toast(t.failed(result.code ?? '—'))
  }
  const text = (field: 'title' | 'body', language: 'ja' | 'en', label: string) => (
    <TextField
      label={label}
      value={draft[field][language]}
      maxLength={field === 'title' ? 300 : 4000}
      onChange={(value) => set({ [field]: { ...draft[field], [language]: value } } as Partial<SurveyDoc>)}
      problem={language === 'ja' ? problemOf(bad, field) : undefined}
    />
  )
  const time = (field: 'opensAt' | 'closesAt', label: string) => (
    <TimeField
      label={label}
      value={draft[field]}
      timeZone={timeZone}
      onChange={(value) => set({ [field]: value } as Partial<SurveyDoc>)}
      problem={problemOf(bad, field)}
    />
  )
  return (
    <div class="page-editor">
      <form
        class="sheet stack"
        onSubmit={(event) => {
          event.preventDefault()
          void save(tidied(draft))
        }}
      >
        <div class="form-grid">
          {text('title', 'ja', t.titleJa)}
          {text('title', 'en', t.titleEn)}
          {text('body', 'ja', t.bodyJa)}
          {text('body', 'en', t.bodyEn)}
          {time('opensAt', t.opensAt)}
          {time('closesAt', t.closesAt)}
          <AudienceField audience={draft.audience} onChange={(audience) => set({ audience })} />
        </div>
        <NotShown audience={draft.audience} />
        <QuestionsPart questions={draft.questions} bad={bad} onChange={(questions) => set({ questions })} />
        {isNew ? null : <p class="soft">{t.answersKept}</p>}
        {theirs ? (
          <div class="notice warn stack" role="alert">
            <p>{t.clashKeep}</p>
            <div class="row wrap">
              <Button onClick={() => void save({ ...tidied(draft), _rev: theirs._rev })}>{t.overwrite}</Button>
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
      <section class="page-preview stack" aria-label={t.preview}>
        <p class="soft">{t.preview}</p>
        <h2>{said(draft.title)}</h2>
        {said(draft.body).trim() === '' ? null : <MarkdownText text={said(draft.body)} />}
        {draft.questions.map((question) => (
          <QuestionField
            key={`${question.id} ${question.kind}`}
            question={question}
            answer={undefined}
            onAnswer={() => {}}
          />
        ))}
      </section>
    </div>
  )
}
