import { useState } from 'preact/hooks'
import type { ForgettingPage } from '../../../design-docs/forgetting.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './forgetting-words.ts'

type Props = { retention: number; isDue: boolean; onAgreed: (page: ForgettingPage) => void; onClose: () => void }

/** Typing the code is the second thought. */
export function AgreeDialog({ retention, isDue, onAgreed, onClose }: Props) {
  const t = words.value
  const { desk, who } = useDesk()
  const [code, setCode] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const agree = async () => {
    if (code.trim() !== who.event) return setProblem(t.wrongCode)
    const path = `/api/events/${who.event}/forgetting`
    const answer = await desk.ask(path, { method: 'POST', json: { code: code.trim(), retention } })
    if (answer.kind !== 'ok') {
      return setProblem(answer.kind === 'refused' ? t.failed(answer.code) : common.value.failed.offline)
    }
    toast(isDue ? t.started : t.agreed)
    onAgreed(answer.body as ForgettingPage)
  }
  return (
    <Dialog title={t.agreeTitle} onClose={onClose}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          void agree()
        }}
      >
        <p>{t.agreeText(who.event)}</p>
        <Field label={t.code} {...(problem ? { problem } : {})}>
          {(ids) => (
            <input
              {...ids}
              value={code}
              autocomplete="off"
              autocapitalize="none"
              spellcheck={false}
              onInput={({ currentTarget }) => setCode(currentTarget.value)}
            />
          )}
        </Field>
        <Button kind="main" type="submit">
          {isDue ? t.agreeNow : t.agree}
        </Button>
        <Button kind="bare" wide onClick={onClose}>
          {common.value.cancel}
        </Button>
      </form>
    </Dialog>
  )
}
