import { useEffect, useRef, useState } from 'preact/hooks'
import type { ThreadPage } from '../../../design-docs/console.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { ReasonDialog } from '../results/reason-dialog.tsx'
import { AnswerForm } from './answer-form.tsx'
import { words } from './chat-words.ts'
import { ThreadHead } from './thread-head.tsx'
import { MessageItem, StepItem } from './thread-items.tsx'
import { useMarkRead } from './use-mark-read.ts'

type Props = { team: string; people: readonly { account: string; name: string }[] }
type Message = ThreadPage['messages'][number]

/** One thread, with whatever was said and done in it, and the place to answer. */
export function ThreadView({ team, people }: Props) {
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<ThreadPage>(`/api/events/${who.event}/threads/${encodeURIComponent(team)}`, {
    desk,
    live,
    concerns: ({ threads, items }) => threads.includes(team) || items.some((item) => item.team === team),
  })
  return (
    <Shown loaded={loaded}>
      {(page) => (
        <>
          <ThreadHead page={page} people={people} />
          <Talk page={page} />
        </>
      )}
    </Shown>
  )
}

/** As many as are shown before somebody asks for those before them. */
const shownAtFirst = 100
const nearPixels = 400

function Talk({ page }: { page: ThreadPage }) {
  const t = words.value
  const { decisions } = useDesk()
  const [most, setMost] = useState(shownAtFirst)
  const [replyTo, setReplyTo] = useState<Message | null>(null)
  const [takingBack, setTakingBack] = useState<Message | null>(null)
  const end = useRef<HTMLDivElement>(null)
  const scroll = useRef<HTMLDivElement>(null)
  const opened = useRef(false)
  const { team } = page.thread
  const waiting = decisions.waiting.value.flatMap(({ decision }) =>
    decision.kind === 'chat' && decision.team === team ? [decision] : [],
  )
  const lines = [
    ...page.messages.map((message) => ({ at: message.at, id: message.fact, message, step: null })),
    ...page.handling.map((step) => ({ at: step.at, id: step.fact, message: null, step })),
  ].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
  const hidden = Math.max(0, lines.length - most)
  useMarkRead(page)
  useEffect(() => {
    const { scrollHeight = 0, clientHeight = 0, scrollTop = 0 } = scroll.current ?? {}
    // Whoever reads what was said before is not taken away from it.
    const isNear = scrollHeight - clientHeight - scrollTop < nearPixels
    if (!opened.current || isNear) end.current?.scrollIntoView({ block: 'end' })
    opened.current = true
  }, [lines.length, waiting.length])
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by keys as well */}
      <div ref={scroll} class="chat-scroll" role="log" aria-label={t.thread(team, page.thread.teamName)} tabIndex={0}>
        {lines.length === 0 && waiting.length === 0 ? <p class="soft">{t.silent}</p> : null}
        {hidden > 0 ? (
          <Button onClick={() => setMost(most + shownAtFirst)}>
            {t.earlier(count(Math.min(hidden, shownAtFirst)))}
          </Button>
        ) : null}
        <ol class="talk">
          {lines
            .slice(hidden)
            .map(({ id, message, step }) =>
              message ? (
                <MessageItem
                  key={id}
                  message={message}
                  page={page}
                  onReply={() => setReplyTo(message)}
                  onTakeBack={() => setTakingBack(message)}
                />
              ) : (
                <StepItem key={id} step={step} />
              ),
            )}
          {waiting.map(({ id, text }) => (
            <li key={id} class="own-side">
              <div class="bubble">
                <p class="text" dir="auto">
                  {text}
                </p>
              </div>
              <div class="under">{t.waiting}</div>
            </li>
          ))}
        </ol>
        <div ref={end} />
      </div>
      <AnswerForm team={team} replyTo={replyTo} onDone={() => setReplyTo(null)} />
      {takingBack ? (
        <ReasonDialog
          title={t.takeBackTitle}
          text={t.takeBackText}
          act={t.takeBack}
          onClose={() => setTakingBack(null)}
          onReason={(reason) => {
            decisions.decide({ kind: 'void', fact: takingBack.fact, reason })
            setTakingBack(null)
          }}
        />
      ) : null}
    </>
  )
}
