import type { ReviewItem, ThreadPage } from '../../../design-docs/console.ts'
import { sideOf } from '../../../functions/rules/side-of.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { dayAndTime, timeOf } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { useDesk } from '../desk/context.ts'
import { StatusPill } from '../status-pill.tsx'
import { words } from './chat-words.ts'

type Message = ThreadPage['messages'][number]
type Props = { message: Message; page: ThreadPage; onReply: () => void; onTakeBack: () => void }

/** One message, with what it asks about or answers, and whether the other side has read it. */
export function MessageItem({ message, page, onReply, onTakeBack }: Props) {
  const t = words.value
  const { who, overview, nameOf } = useDesk()
  const zone = overview.value?.event.timeZone
  const { as, by, at, text, readAt, takenBack } = message
  const isTeams = sideOf(as) === 'team'
  const asked = page.about.find(({ checkin }) => checkin === message.about)
  const answered = page.messages.find(({ fact }) => fact === message.replyTo)
  const mayTakeBack = by === who.account || who.role === 'admin' || who.role === 'judge'
  return (
    <li class={isTeams ? undefined : 'own-side'}>
      <div class={`bubble${takenBack ? ' taken-away' : ''}`}>
        {asked ? <About item={asked} /> : null}
        {answered ? <p class="about">{t.answerTo(shortened(answered.text))}</p> : null}
        <p class="text" dir="auto">
          {text}
        </p>
      </div>
      <div class="under">
        <span>
          {nameOf(by)} · {common.value.roles[as]}
        </span>
        <span class="digits">{dayAndTime(at, zone)}</span>
        {takenBack ? (
          <b>{t.takenBack}</b>
        ) : isTeams ? null : (
          <span>{readAt ? t.read(timeOf(readAt, zone)) : t.notRead}</span>
        )}
        {isTeams && !takenBack ? (
          <Button kind="bare" onClick={onReply}>
            {t.reply}
          </Button>
        ) : null}
        {mayTakeBack && !takenBack ? (
          <Button kind="bare" onClick={onTakeBack}>
            {t.takeBack}
          </Button>
        ) : null}
      </div>
    </li>
  )
}

/** The check-in that the team asks about, one step from its evidence. */
function About({ item }: { item: ReviewItem }) {
  const t = words.value
  const { who, overview } = useDesk()
  const isOpen = item.status === 'PENDING' || item.status === 'AUTO_APPROVED'
  const evidence = `/admin/review?filter=${isOpen ? 'open' : 'decided'}&team=${item.team}&checkpoint=${item.checkpoint}`
  return (
    <div class="about">
      <b>{t.question}</b>{' '}
      <span>
        {common.value.cp(item.checkpoint, item.checkpointName ? said(item.checkpointName) : '')}{' '}
        <span class="digits">{timeOf(item.at, overview.value?.event.timeZone)}</span>
      </span>{' '}
      <StatusPill status={item.status} /> {item.comment ? <span dir="auto">{item.comment}</span> : null}
      <p>
        <a href={who.role === 'core' ? `/admin/teams/${item.team}` : evidence}>{t.evidence}</a>
      </p>
    </div>
  )
}

/** What headquarters did with the thread, between the messages where it happened. */
export function StepItem({ step: { step, by, to, at } }: { step: ThreadPage['handling'][number] }) {
  const t = words.value
  const { overview, nameOf } = useDesk()
  const text =
    step === 'assign' ? t.steps.assign(nameOf(by), to === undefined ? t.nobody : nameOf(to)) : t.steps[step](nameOf(by))
  return (
    <li class="step soft">
      {text} <span class="digits">{dayAndTime(at, overview.value?.event.timeZone)}</span>
    </li>
  )
}

const shortened = (text: string) => {
  const characters = [...text]
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : text
}
