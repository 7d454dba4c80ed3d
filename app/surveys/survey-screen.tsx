import { useState } from 'preact/hooks'
import type { AnswerFact } from '../../design-docs/facts.ts'
import type { SurveyDoc } from '../../design-docs/surveys.ts'
import type { Answers } from '../../functions/rules/surveys.ts'
import { said } from '../i18n/dictionary.ts'
import { dayAndTime } from '../i18n/format.ts'
import { MarkdownText } from '../notices/markdown-text.tsx'
import { type Reader, surveysFor } from '../pages/reader.ts'
import type { FactState } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { Screen } from '../ui/screen.tsx'
import { State } from '../ui/state.tsx'
import { toast } from '../ui/toast.tsx'
import { keepAnswers, readKeptAnswers } from './kept-answers.ts'
import { latestAnswer } from './own-answer.ts'
import { SurveyForm } from './survey-form.tsx'
import { surveyWords } from './survey-words.ts'

type Props = { reader: Reader; slug: string }

/** A survey to be answered, with or without a network; once answered, what became of the answer. */
export function SurveyScreen({ reader, slug }: Props) {
  const t = surveyWords.value
  const frame = { back: reader.home, backLabel: t.back }
  const survey = surveysFor(reader).find(({ _id }) => _id === `survey:${slug}`)
  if (!survey)
    return (
      <Screen title={t.gone} quiet {...frame}>
        <State icon="question" title={t.gone} text={t.goneText} />
      </Screen>
    )
  const text = said(survey.body)
  return (
    <Screen title={said(survey.title)} {...frame}>
      {text.trim() === '' ? null : <MarkdownText text={text} />}
      <p class="soft">
        {survey.closesAt === undefined ? '' : `${t.until(dayAndTime(survey.closesAt, reader.timeZone))} `}
        {t.anonymous}
      </p>
      <Answering key={reader.team?.number} reader={reader} survey={survey} />
    </Screen>
  )
}

function Answering({ reader, survey }: { reader: Reader; survey: SurveyDoc }) {
  const t = surveyWords.value
  const { store, team } = reader
  const who = store.session.who.value
  const draftKey = `zekken.survey.${who?.event} ${survey._id} ${team?.number ?? who?.account}`
  const given = latestAnswer(reader, survey)
  const kept = readKeptAnswers(draftKey)
  const [writing, setWriting] = useState(kept !== null || given === null)

  const send = async (answers: Answers) => {
    const slug = survey._id.slice('survey:'.length)
    // A question that is asked no more is not answered.
    const asked = survey.questions.flatMap(({ id }) => (answers[id] === undefined ? [] : [[id, answers[id]] as const]))
    const ofTeam = team ? { team: team.number } : {}
    try {
      await store.outbox.append({ type: 'answer', ...ofTeam, survey: slug, answers: Object.fromEntries(asked) })
    } catch {
      // The draft is still there; nothing else was to be kept.
      return void toast(t.notKept)
    }
    keepAnswers(draftKey, null)
    setWriting(false)
    scrollTo(0, 0)
  }
  if (given && !writing)
    return <Given given={given} state={store.outbox.states.value.get(given._id)} onChange={() => setWriting(true)} />
  return (
    <SurveyForm
      survey={survey}
      start={kept ?? given?.answers ?? {}}
      onChange={(answers) => keepAnswers(draftKey, answers)}
      onSend={(answers) => void send(answers)}
      onCancel={
        given
          ? () => {
              keepAnswers(draftKey, null)
              setWriting(false)
            }
          : undefined
      }
    />
  )
}

type GivenProps = { given: AnswerFact; state: FactState | undefined; onChange: () => void }

function Given({ state, onChange }: GivenProps) {
  const t = surveyWords.value
  const [tone, text] =
    state?.state === 'refused'
      ? (['no', t.states.refused(state.code)] as const)
      : state?.state === 'confirmed'
        ? (['ok', t.states.sent] as const)
        : (['warn', t.states.unsent] as const)
  return (
    <section class={`notice ${tone} stack`}>
      <div role="status">
        <h2>{t.thanks}</h2>
        <p>{text}</p>
      </div>
      <p class="soft">{t.thanksText}</p>
      <Button wide onClick={onChange}>
        {t.change}
      </Button>
    </section>
  )
}
