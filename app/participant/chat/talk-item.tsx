import { sideOf } from '../../../functions/rules/side-of.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useOwnTeam } from '../own-team.ts'
import { AboutLine } from './about-line.tsx'
import { words } from './chat-words.ts'
import type { TalkLine } from './talk-lines.ts'

type Props = { line: TalkLine; lines: readonly TalkLine[]; onTakeBack: () => void }

/** One message: who, when, what it is about, and how far it has come. */
export function TalkItem({ line, lines, onTakeBack }: Props) {
  const { store, timeZone } = useOwnTeam()
  const t = words.value
  const who = store.session.who.value
  const isTeams = sideOf(line.as) === 'team'
  const isGone = line.state === 'taken-back'
  const answered = lines.find(({ fact, state }) => fact === line.replyTo && state !== 'taken-back')
  return (
    <li class={isTeams ? 'own-side' : undefined}>
      <div class="bubble">
        {line.about && !isGone ? (
          <p class="about">
            <b>{t.question}</b> <AboutLine checkin={line.about} />
          </p>
        ) : null}
        {answered && !isGone ? <p class="about">{t.answerTo(shortened(answered.text))}</p> : null}
        <p class="text" dir="auto">
          {isGone ? <span class="soft">{t.states['taken-back']}</span> : line.text}
        </p>
      </div>
      <div class="under">
        <span>{authorOf(line, who?.device)}</span>
        <span class="digits">{dayAndTime(line.at, timeZone.value)}</span>
        {line.state === 'told' || line.state === 'taken-back' ? null : <StateOf state={line.state} />}
        {isTeams && !isGone && line.by === who?.account ? (
          <Button kind="bare" onClick={onTakeBack}>
            {t.takeBack}
          </Button>
        ) : null}
      </div>
    </li>
  )
}

function StateOf({ state }: { state: 'waiting' | 'refused' | 'sent' | 'read' }) {
  const text = words.value.states[state]
  if (state === 'sent' || state === 'read') return <span>{text}</span>
  return <Pill tone={state === 'refused' ? 'no' : 'warn'}>{text}</Pill>
}

function authorOf({ as, device }: TalkLine, here: string | undefined): string {
  const t = words.value
  if (sideOf(as) === 'headquarters') return t.headquarters
  if (device === here) return t.you
  return as === 'agent' ? t.agent : t.teammate
}

const shortened = (text: string) => {
  const characters = [...text]
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : text
}
