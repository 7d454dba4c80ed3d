import type { Question, SurveyResults } from '../../../design-docs/surveys.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { language } from '../../i18n/language.ts'
import { surveyWords } from '../../surveys/survey-words.ts'
import { Button } from '../../ui/button.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { type Bar, Bars } from './bars.tsx'
import { words } from './survey-words.ts'

/** What came of a survey, as it comes in: bars with their figures, words as they were written, all of it as a file. */
export function ResultsPage({ survey: slug = '' }: { survey?: string }) {
  const t = words.value
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}/surveys/${slug}`
  const loaded = useLoaded<SurveyResults>(`${root}/results`, { desk, live, concerns: ({ surveys }) => surveys })
  const save = async () => {
    const answer = await desk.ask(`${root}/answers.csv?language=${language.value}`, { binary: true })
    if (answer.kind !== 'ok') return void toast(t.csvFailed)
    saveFile(answer.body as ArrayBuffer, { name: `${who.event}-${slug}.csv`, type: 'text/csv' })
  }
  const title = loaded.value ? said(loaded.value.survey.title) : t.title
  return (
    <Page title={title} beside={<Button onClick={() => void save()}>{t.csv}</Button>}>
      <Shown loaded={loaded}>
        {(results) =>
          !results.tally || results.tally.answered === 0 ? (
            <State icon="chart" title={t.noAnswers} text={t.noAnswersText} />
          ) : (
            <div class="stack">
              <p role="status">{t.total(count(results.tally.answered))}</p>
              {results.survey.questions.map((question) => (
                <Result key={question.id} question={question} results={results} />
              ))}
            </div>
          )
        }
      </Shown>
    </Page>
  )
}

function Result({ question, results }: { question: Question; results: SurveyResults }) {
  const t = words.value
  const { answered = 0, counts = {} } = results.tally?.questions.find(({ id }) => id === question.id) ?? {}
  const texts = results.texts[question.id] ?? []
  const figures = Object.entries(counts)
  const mean = figures.reduce((sum, [figure, times]) => sum + Number(figure) * times, 0) / answered
  return (
    <section class="sheet stack">
      <div>
        <h2>{said(question.label)}</h2>
        <p class="soft">
          {t.toQuestion(count(answered), count(results.tally?.answered ?? 0))}
          {question.kind === 'scale' && answered > 0
            ? ` ${t.average(mean.toLocaleString(language.value, { maximumFractionDigits: 2 }))}`
            : ''}
        </p>
      </div>
      {question.kind === 'text' ? (
        <ul class="sheet list texts">
          {texts.map((text, index) => (
            <li key={index}>{text}</li>
          ))}
        </ul>
      ) : (
        <Bars label={said(question.label)} bars={barsOf(question, counts)} of={answered} />
      )}
      {question.kind === 'text' && answered > texts.length ? (
        <p class="soft">{t.moreTexts(count(answered - texts.length))}</p>
      ) : null}
    </section>
  )
}

function barsOf(question: Exclude<Question, { kind: 'text' }>, counts: Readonly<Record<string, number>>): Bar[] {
  if (question.kind !== 'scale')
    return question.choices.map(({ id, label }) => ({ id, label: said(label), count: counts[id] ?? 0 }))
  const ends: Record<string, string> = {
    1: said(question.low ?? { ja: '', en: '' }) || surveyWords.value.low,
    5: said(question.high ?? { ja: '', en: '' }) || surveyWords.value.high,
  }
  return ['1', '2', '3', '4', '5'].map((id) => ({
    id,
    label: ends[id] ? `${id} ${ends[id]}` : id,
    count: counts[id] ?? 0,
  }))
}
