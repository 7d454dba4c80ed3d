import { useState } from 'preact/hooks'
import type { SurveyDoc, SurveyList } from '../../../design-docs/surveys.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
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

  async function put(survey: SurveyDoc): Promise<SavedSurvey> {
    const answer = await desk.ask(`${root}/${survey._id.slice('survey:'.length)}`, { method: 'PUT', json: survey })
    if (answer.kind === 'ok') return { ok: true, survey: answer.body as SurveyDoc }
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
  return {
    loaded,
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
