import { useState } from 'preact/hooks'
import type { MessageDoc } from '../../../design-docs/derived.ts'
import { count } from '../../i18n/format.ts'
import type { Store } from '../../store/types.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { Notices } from '../notices.tsx'
import { useOwnTeam } from '../own-team.ts'
import { Screen } from '../screen.tsx'
import { TeamChoice } from '../team-head.tsx'
import { words } from './chat-words.ts'
import { MessageForm } from './message-form.tsx'
import { TakeBack } from './take-back.tsx'
import { TalkItem } from './talk-item.tsx'
import { type TalkLine, talkLines } from './talk-lines.ts'
import { useNewest } from './use-newest.ts'
import { useReadMarks } from './use-read-marks.ts'
import '../../chat/chat.css'

/** As many messages as are shown before somebody asks for those before them. */
const shownAtFirst = 100

/** The team's thread with headquarters: all of it works without a network. */
export function ChatScreen() {
  const { number, teams, unreadMessages } = useOwnTeam()
  const t = words.value
  const team = number.value
  const elsewhere = Map.groupBy(
    unreadMessages.value.filter((one) => one.team !== team),
    (one) => one.team,
  )
  return (
    <Screen title={t.title} action={team === null ? null : <MessageForm key={team} team={team} />}>
      <Notices />
      {teams.value.length > 1 ? <TeamChoice /> : null}
      {[...elsewhere].map(([other, messages]) => (
        <p key={other} class="notice warn">
          {t.unreadOf(other, count(messages.length))}
        </p>
      ))}
      {team === null ? null : <Thread key={team} team={team} />}
    </Screen>
  )
}

function Thread({ team }: { team: string }) {
  const { store } = useOwnTeam()
  const t = words.value
  const { facts, states } = store.outbox
  const messages = store.mirrors.team(team).withPrefix('message:').value as unknown as MessageDoc[]
  const lines = talkLines(messages, team, { facts: facts.value, states: states.value })
  const [most, setMost] = useState(shownAtFirst)
  const [takingBack, setTakingBack] = useState<TalkLine | null>(null)
  useReadMarks(team)
  useNewest()
  const hidden = Math.max(0, lines.length - most)
  return (
    <>
      {lines.some(({ state }) => state === 'refused') ? (
        <div class="notice no stack" role="alert">
          <p>{t.refusedText}</p>
          <p class="digits">{[team, ...refusedCodes(store)].join(' ')}</p>
          <Button onClick={() => void store.outbox.tryAgain()}>{t.tryAgain}</Button>
        </div>
      ) : null}
      {lines.length === 0 ? <State icon="chat" title={t.empty} text={t.emptyText} /> : null}
      {hidden > 0 ? (
        <Button onClick={() => setMost(most + shownAtFirst)}>{t.earlier(count(Math.min(hidden, shownAtFirst)))}</Button>
      ) : null}
      <div role="log" aria-label={t.log}>
        <ol class="talk">
          {lines.slice(hidden).map((line) => (
            <TalkItem key={line.fact} line={line} lines={lines} onTakeBack={() => setTakingBack(line)} />
          ))}
        </ol>
      </div>
      {takingBack ? <TakeBack line={takingBack} team={team} onClose={() => setTakingBack(null)} /> : null}
    </>
  )
}

/** Beside the number, as they are read out to the organizers. */
const refusedCodes = ({ status }: Store): string[] => [
  ...new Set(status.refused.value.flatMap(({ fact, code }) => (fact.type === 'chat' ? [code] : []))),
]
