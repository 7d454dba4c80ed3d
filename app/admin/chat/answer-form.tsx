import { useEffect, useRef, useState } from 'preact/hooks'
import type { CannedReplyList, ThreadPage } from '../../../design-docs/console.ts'
import { mostCharacters, tellLeftFrom } from '../../chat/limits.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { CannedDialog } from './canned-dialog.tsx'
import { words } from './chat-words.ts'

/** What is being written, by team: another thread is looked at in between. */
const drafts = new Map<string, string>()

type Props = { team: string; replyTo: ThreadPage['messages'][number] | null; onDone: () => void }

/** Where headquarters writes; what is sent is kept here until the server has it. */
export function AnswerForm({ team, replyTo, onDone }: Props) {
  const t = words.value
  const { desk, live, who, decisions } = useDesk()
  const [text, keepText] = useState(drafts.get(team) ?? '')
  const setText = (next: string) => {
    drafts.set(team, next)
    keepText(next)
  }
  const [editing, setEditing] = useState(false)
  const field = useRef<HTMLTextAreaElement>(null)
  const canned = useLoaded<CannedReplyList>(`/api/events/${who.event}/canned-replies`, {
    desk,
    live,
    concerns: () => false,
  })
  useEffect(() => {
    if (replyTo) field.current?.focus()
  }, [replyTo])
  const send = () => {
    if (text.trim() === '') return
    decisions.decide({ kind: 'chat', team, text, ...(replyTo && { replyTo: replyTo.fact }) })
    setText('')
    onDone()
  }
  const replies = canned.value?.replies ?? []
  const inLanguage = (language: 'ja' | 'en') => replies.filter((reply) => reply.text[language] !== '')
  const insert = (chosen: string) => {
    const [language, id] = chosen.split(' ')
    const reply = replies.find((one) => one.id === id)?.text[language === 'en' ? 'en' : 'ja'] ?? ''
    setText(`${text}${text === '' ? '' : '\n'}${reply}`.slice(0, mostCharacters))
    field.current?.focus()
  }
  return (
    <form
      class="say"
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      {replyTo ? (
        <div class="row">
          <p class="grow about cut">{t.answerTo(replyTo.text)}</p>
          <Button kind="bare" onClick={onDone}>
            <span aria-hidden="true">×</span>
            <span class="hidden-text">{t.noReply}</span>
          </Button>
        </div>
      ) : null}
      <div class="field">
        <label class="hidden-text" for="answer">
          {t.write}
        </label>
        <textarea
          ref={field}
          id="answer"
          rows={2}
          dir="auto"
          maxLength={mostCharacters}
          placeholder={t.write}
          aria-keyshortcuts="Control+Enter"
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && event.ctrlKey && !event.isComposing) send()
          }}
        />
      </div>
      <div class="row wrap">
        {replies.length > 0 ? (
          <select
            class="canned"
            aria-label={t.insert}
            value=""
            onChange={({ currentTarget }) => {
              insert(currentTarget.value)
              currentTarget.value = ''
            }}
          >
            <option value="">{t.insert}</option>
            {(['ja', 'en'] as const).map((language) => (
              <optgroup key={language} label={language === 'ja' ? t.japanese : t.english}>
                {inLanguage(language).map((reply) => (
                  <option key={reply.id} value={`${language} ${reply.id}`}>
                    {reply.text[language]}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        ) : null}
        {who.role === 'judge' ? null : (
          <Button kind="bare" onClick={() => setEditing(true)}>
            {t.edit}
          </Button>
        )}
        <span class="grow soft">
          {text.length > tellLeftFrom ? t.left(count(mostCharacters - text.length)) : t.sendHint}
        </span>
        <Button type="submit" kind="approve" disabled={text.trim() === ''}>
          {t.send}
        </Button>
      </div>
      {editing && canned.value ? (
        <CannedDialog
          list={canned.value}
          onClose={() => setEditing(false)}
          onClash={canned.reload}
          onSaved={() => {
            setEditing(false)
            toast(t.saved)
            canned.reload()
          }}
        />
      ) : null}
    </form>
  )
}
