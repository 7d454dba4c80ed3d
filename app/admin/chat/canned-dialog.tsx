import { useState } from 'preact/hooks'
import type { CannedReplyList } from '../../../design-docs/console.ts'
import { mostCharacters } from '../../chat/limits.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useDesk } from '../desk/context.ts'
import { words } from './chat-words.ts'

type Props = { list: CannedReplyList; onClose: () => void; onClash: () => void; onSaved: () => void }

/** The canned replies in both languages; a clash with someone else's change shows both and is saved over knowingly. */
export function CannedDialog({ list, onClose, onClash, onSaved }: Props) {
  const t = words.value
  const { desk, who } = useDesk()
  const [replies, setReplies] = useState(list.replies)
  const [problem, setProblem] = useState<string | null>(null)
  const change = (id: string, text: Partial<{ ja: string; en: string }>) =>
    setReplies(replies.map((one) => (one.id === id ? { ...one, text: { ...one.text, ...text } } : one)))

  async function save(): Promise<void> {
    const kept = replies.filter(({ text }) => text.ja.trim() !== '' || text.en.trim() !== '')
    const json = { replies: kept, _rev: list._rev }
    const answer = await desk.ask(`/api/events/${who.event}/canned-replies`, { method: 'PUT', json })
    if (answer.kind === 'ok') return onSaved()
    const isClash = answer.kind === 'refused' && answer.code === 'ZK-PLAN-001'
    setProblem(isClash ? t.clash : t.failed)
    if (!isClash || answer.kind !== 'refused') return
    const theirs = (answer.figures.theirs as CannedReplyList).replies
    const own = new Set(replies.map(({ id }) => id))
    setReplies([...replies, ...theirs.filter(({ id }) => !own.has(id))])
    onClash()
  }

  return (
    <Dialog title={t.cannedTitle} onClose={onClose}>
      <p class="soft">{t.cannedText}</p>
      <div class="stack">
        {replies.map(({ id, text }, index) => (
          <fieldset key={id} class="canned-pair">
            <legend>{index + 1}</legend>
            {(['ja', 'en'] as const).map((language) => (
              <Field key={language} label={language === 'ja' ? t.japanese : t.english}>
                {(ids) => (
                  <textarea
                    {...ids}
                    rows={2}
                    lang={language}
                    maxLength={mostCharacters}
                    value={text[language]}
                    onInput={({ currentTarget }) => change(id, { [language]: currentTarget.value })}
                  />
                )}
              </Field>
            ))}
            <Button kind="bare" onClick={() => setReplies(replies.filter((one) => one.id !== id))}>
              {t.remove}
              <span class="hidden-text"> {index + 1}</span>
            </Button>
          </fieldset>
        ))}
      </div>
      <Button wide onClick={() => setReplies([...replies, { id: newId(), text: { ja: '', en: '' } }])}>
        {t.add}
      </Button>
      {problem ? (
        <p class="notice no" role="alert">
          {problem}
        </p>
      ) : null}
      <Button kind="main" onClick={() => void save()}>
        {t.save}
      </Button>
      <Button kind="bare" wide onClick={onClose}>
        {t.cancel}
      </Button>
    </Dialog>
  )
}

const newId = () => crypto.randomUUID().replaceAll('-', '').slice(0, 12)
