import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { mostCharacters, tellLeftFrom } from '../../chat/limits.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { keptSignal } from '../../ui/kept-signal.ts'
import { useOwnTeam } from '../own-team.ts'
import { AboutLine } from './about-line.tsx'
import { words } from './chat-words.ts'

/** What is being written, by team: a page that ends in the middle loses nothing. */
const drafts = keptSignal<Record<string, string>>('zekken.chat.drafts', {}, (value) =>
  typeof value === 'object' && value !== null ? (value as Record<string, string>) : undefined,
)

/** Where the team writes; it is said once it is kept on this phone, whatever the network does. */
export function MessageForm({ team }: { team: string }) {
  const { store } = useOwnTeam()
  const { query, route } = useLocation()
  const t = words.value
  const about = /^[A-Z0-9]+:checkin:/.exec(query.about ?? '') ? query.about : undefined
  const [problem, setProblem] = useState(false)
  const [saving, setSaving] = useState(false)
  const text = drafts.value[team] ?? ''
  const setText = (next: string) => {
    drafts.value = { ...drafts.value, [team]: next }
  }

  async function send(): Promise<void> {
    if (saving || text.trim() === '') return
    setSaving(true)
    try {
      const what = about === undefined ? { kind: 'text' as const } : { kind: 'question' as const, about }
      await store.outbox.append({ type: 'chat', team, text, ...what })
      setText('')
      setProblem(false)
      if (about !== undefined) route('/team/chat', true)
    } catch {
      // It stays in its field until there is room for it.
      setProblem(true)
    } finally {
      setSaving(false)
    }
  }

  return (
    <form
      class="say"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      {about === undefined ? null : (
        <div class="row">
          <p class="grow about">
            <AboutLine checkin={about} />
          </p>
          <Button kind="bare" onClick={() => route('/team/chat', true)}>
            <span aria-hidden="true">×</span>
            <span class="hidden-text">{t.dropAbout}</span>
          </Button>
        </div>
      )}
      {problem ? (
        <p class="notice no" role="alert">
          {t.failed}
        </p>
      ) : null}
      <div class="field">
        <label class="hidden-text" for="message">
          {about === undefined ? t.write : t.asking}
        </label>
        <textarea
          id="message"
          rows={2}
          dir="auto"
          maxLength={mostCharacters}
          placeholder={about === undefined ? t.write : t.asking}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </div>
      <div class="row">
        <span class="grow soft">{text.length > tellLeftFrom ? t.left(count(mostCharacters - text.length)) : ''}</span>
        <Button type="submit" kind="approve" disabled={saving || text.trim() === ''}>
          {t.send}
        </Button>
      </div>
    </form>
  )
}
