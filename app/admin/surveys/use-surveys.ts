import { useState } from 'preact/hooks'
import type { SurveyDoc, SurveyList } from '../../../design-docs/surveys.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { newest } from '../pages/newest.ts'
import { words } from './survey-words.ts'

type Step = { before: SurveyDoc; after: SurveyDoc }
export type SavedSurvey =
  | { ok: true; survey: SurveyDoc }
  | { ok: false; code: string | null; figures: Record<string, unknown> }

/** The surveys of the event with what can be done to them; the last change can be undone. */
export function useSurveys() {
  const { desk, live, who } = useDesk()
  const root = `/api/events/${who.event}/surveys`
  const loaded = useLoaded<SurveyList>(root, { desk, live, concerns: ({ surveys }) => surveys })
  const [step, setStep] = useState<Step | null>(null)
  const [fresh, setFresh] = useState<ReadonlyMap<string, SurveyDoc>>(new Map())

  async function put(survey: SurveyDoc): Promise<SavedSurvey> {
    const answer = await desk.ask(`${root}/${survey._id.slice('survey:'.length)}`, { method: 'PUT', json: survey })
    if (answer.kind === 'ok') {
      const saved = answer.body as SurveyDoc
      setFresh((before) => new Map([...before, [saved._id, saved]]))
      return { ok: true, survey: saved }
    }
    return answer.kind === 'refused'
      ? { ok: false, code: answer.code, figures: answer.figures }
      : { ok: false, code: null, figures: {} }
  }
  async function save(survey: SurveyDoc, before: SurveyDoc | null): Promise<SavedSurvey> {
    const saved = await put(survey)
    if (saved.ok) {
      setStep(before ? { before, after: saved.survey } : null)
      loaded.reload()
    }
    return saved
  }
  const listed = ({ now, surveys }: SurveyList): SurveyList => {
    const answered = new Map(surveys.map((one) => [one.survey._id, one.answered]))
    const all = newest(
      surveys.map(({ survey }) => survey),
      fresh,
    )
    return { now, surveys: all.map((survey) => ({ survey, answered: answered.get(survey._id) ?? 0 })) }
  }
  return {
    loaded: loaded.value ? { ...loaded, value: listed(loaded.value) } : loaded,
    save,
    async setState(survey: SurveyDoc, state: SurveyDoc['state']) {
      const saved = await save({ ...survey, state }, survey)
      if (saved.ok) return
      toast(saved.code === 'ZK-PLAN-001' ? words.value.clash : words.value.failed(saved.code ?? '—'))
      loaded.reload()
    },
    undo: step
      ? async () => {
          const saved = await put({ ...step.before, _rev: step.after._rev })
          setStep(null)
          toast(saved.ok ? words.value.undone : words.value.clash)
          loaded.reload()
        }
      : null,
  }
}
export type Surveys = ReturnType<typeof useSurveys>
