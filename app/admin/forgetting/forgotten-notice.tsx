import { useEffect, useState } from 'preact/hooks'
import type { ForgottenAnswer } from '../../../design-docs/forgetting.ts'
import { Button } from '../../ui/button.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { State } from '../../ui/state.tsx'
import type { Desk } from '../desk/desk.ts'
import { words } from './forgetting-words.ts'

const askEveryMs = 1500

/** What the console shows of an event that is gone, or going: nobody is signed in to it any more. */
export function ForgottenNotice({ desk, event }: { desk: Desk; event: string }) {
  const t = words.value
  const [answer, setAnswer] = useState<ForgottenAnswer | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const look = async () => {
      const found = await desk.askOpenly(`/api/forgotten/${event}`)
      if (found.kind === 'ok') setAnswer(found.body as ForgottenAnswer)
      if (found.kind !== 'ok' || !(found.body as ForgottenAnswer).done)
        timer = setTimeout(() => void look(), askEveryMs)
    }
    void look()
    return () => clearTimeout(timer)
  }, [desk, event])
  const report = answer?.done ? answer.report : null
  if (!report) return <State icon="records" title={t.gone} text={t.goneText} />
  const save = () => {
    const bytes = new TextEncoder().encode(`${JSON.stringify(report, null, 2)}\n`)
    saveFile(bytes.buffer, { name: `forgotten-${event}.json`, type: 'application/json' })
  }
  return (
    <State icon="check" title={t.done} text={t.doneText}>
      <Button kind="main" onClick={save}>
        {t.save}
      </Button>
    </State>
  )
}
