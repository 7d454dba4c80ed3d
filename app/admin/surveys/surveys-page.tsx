import { useState } from 'preact/hooks'
import type { SurveyDoc, SurveyList } from '../../../design-docs/surveys.ts'
import { surveyState } from '../../../functions/rules/surveys.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { RemovedList } from '../removed-list.tsx'
import '../pages/pages.css'
import { newSurvey } from './new-survey.ts'
import { SurveyEditor } from './survey-editor.tsx'
import { words } from './survey-words.ts'
import { type Surveys, useSurveys } from './use-surveys.ts'

/** Every survey with how many have answered it. */
export function SurveysPage() {
  const t = words.value
  const { who } = useDesk()
  const surveys = useSurveys()
  const [editing, setEditing] = useState<SurveyDoc | null>(null)
  const mayEdit = who.role === 'admin'
  return (
    <Page title={t.title}>
      <p class="soft">{t.lead}</p>
      {mayEdit ? null : <p class="notice">{t.readOnly}</p>}
      {surveys.undo ? (
        <div class="row">
          <span class="grow" role="status">
            {t.saved}
          </span>
          <Button onClick={() => void surveys.undo?.()}>{t.undo}</Button>
        </div>
      ) : null}
      <Shown loaded={surveys.loaded}>
        {({ now, surveys: all }) =>
          editing ? (
            <SurveyEditor
              key={editing._id}
              saved={all.find(({ survey }) => survey._id === editing._id)?.survey ?? editing}
              surveys={surveys}
              onClose={() => setEditing(null)}
            />
          ) : (
            <div class="stack">
              <List all={all} now={now} surveys={surveys} mayEdit={mayEdit} onEdit={setEditing} />
              {mayEdit ? (
                <div>
                  <Button
                    onClick={() =>
                      setEditing(
                        newSurvey(
                          who.event,
                          all.map(({ survey }) => survey),
                        ),
                      )
                    }
                  >
                    {t.add}
                  </Button>
                </div>
              ) : null}
            </div>
          )
        }
      </Shown>
    </Page>
  )
}

type ListProps = {
  all: SurveyList['surveys']
  now: number
  surveys: Surveys
  mayEdit: boolean
  onEdit: (survey: SurveyDoc) => void
}

function List({ all, now, surveys, mayEdit, onEdit }: ListProps) {
  const t = words.value
  const kept = all.filter(({ survey }) => survey.state !== 'removed')
  const gone = all.filter(({ survey }) => survey.state === 'removed')
  return (
    <>
      {kept.length === 0 ? <State icon="check" title={t.none} text={t.noneText} /> : null}
      <ul class="stack">
        {kept.map(({ survey, answered }) => {
          const name = <span class="hidden-text"> {said(survey.title)}</span>
          return (
            <li key={survey._id} class="sheet stack">
              <div class="row">
                <h2 class="grow">{said(survey.title)}</h2>
                <span class="digits">{t.answered(count(answered))}</span>
                <Pill tone={survey.state === 'shown' ? 'ok' : 'quiet'}>
                  {survey.state === 'shown' ? t.spans[surveyState(survey, now)] : t.states[survey.state]}
                </Pill>
              </div>
              <div class="row wrap">
                <a class="button" href={`/admin/surveys/${survey._id.slice('survey:'.length)}`}>
                  {t.results}
                  {name}
                </a>
                {mayEdit ? (
                  <>
                    <Button onClick={() => onEdit(survey)}>
                      {t.edit}
                      {name}
                    </Button>
                    <Button
                      onClick={() => void surveys.setState(survey, survey.state === 'shown' ? 'hidden' : 'shown')}
                    >
                      {survey.state === 'shown' ? t.hide : t.show}
                      {name}
                    </Button>
                    <span class="grow" />
                    <Button kind="bare" onClick={() => void surveys.setState(survey, 'removed')}>
                      {t.remove}
                      {name}
                    </Button>
                  </>
                ) : null}
              </div>
            </li>
          )
        })}
      </ul>
      <RemovedList
        words={t}
        mayEdit={mayEdit}
        rows={gone.map(({ survey }) => ({
          id: survey._id,
          name: said(survey.title),
          putBack: () => void surveys.setState(survey, 'hidden'),
        }))}
      />
    </>
  )
}
