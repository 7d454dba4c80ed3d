import { useState } from 'preact/hooks'
import type { ThreadList } from '../../../design-docs/console.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { words } from './chat-words.ts'
import { type Found, ThreadChoice } from './thread-choice.tsx'
import { ThreadView } from './thread-view.tsx'
import { useSaveLog } from './use-save-log.ts'
import '../../chat/chat.css'
import './desk-chat.css'

/** Every thread, and the one that is looked at. */
export function ChatPage({ team }: { team?: string }) {
  const t = words.value
  const { desk, live, who } = useDesk()
  const [found, setFound] = useState<Found>({ filter: 'open', words: '' })
  const saveLog = useSaveLog()
  const loaded = useLoaded<ThreadList>(`/api/events/${who.event}/threads`, {
    desk,
    live,
    concerns: ({ threads, teams }) => threads.length > 0 || teams.length > 0,
  })
  return (
    <Page title={t.title}>
      <div class={`chat-desk${team === undefined ? '' : ' chosen'}`}>
        <section class="chat-list stack" aria-label={t.list}>
          <Shown loaded={loaded}>
            {({ threads }) => <ThreadChoice threads={threads} team={team} found={found} onFind={setFound} />}
          </Shown>
          <Button onClick={() => void saveLog()}>{t.exportAll}</Button>
        </section>
        <section class="chat-thread">
          {team === undefined ? (
            <State icon="chat" title={t.choose} />
          ) : (
            <ThreadView key={team} team={team} people={loaded.value?.people ?? []} />
          )}
        </section>
      </div>
    </Page>
  )
}
