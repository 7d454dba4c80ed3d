import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useOwnTeam } from '../own-team.ts'
import { words } from './chat-words.ts'
import type { TalkLine } from './talk-lines.ts'

/** Takes back what this person wrote, sent or not. */
export function TakeBack({ line, team, onClose }: { line: TalkLine; team: string; onClose: () => void }) {
  const { outbox } = useOwnTeam().store
  const t = words.value
  const takeBack = async () => {
    await outbox.append({ type: 'void', team, fact: line.fact, reason: t.takeBackReason })
    onClose()
  }
  return (
    <Dialog title={t.takeBackTitle} onClose={onClose}>
      <p class="bubble">
        <span class="text" dir="auto">
          {line.text}
        </span>
      </p>
      <p class="soft">{t.takeBackText}</p>
      <Button kind="refuse" wide onClick={() => void takeBack()}>
        {t.takeBack}
      </Button>
      <Button kind="bare" wide onClick={onClose}>
        {t.cancel}
      </Button>
    </Dialog>
  )
}
