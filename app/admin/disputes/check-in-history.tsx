import type { Evidence, StoryLine } from '../../../design-docs/console.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { dayAndTime, timeWithSeconds } from '../../i18n/format.ts'
import { useDesk } from '../desk/context.ts'
import { words } from './dispute-words.ts'

/** What happened to one check-in, oldest first; what was taken back stays, crossed out. */
export function CheckInHistory({ evidence }: { evidence: Evidence }) {
  const t = common.value
  const { overview, nameOf } = useDesk()
  const zone = overview.value?.event.timeZone
  const day = (at: number) => dayAndTime(at, zone).split(' ')[0] ?? ''
  const first = evidence.history[0]?.at ?? 0
  return (
    <section>
      <h2>{words.value.checkin.history}</h2>
      <ol class="history">
        {evidence.history.map((line) => (
          <li key={line.fact} class={line.takenBack ? 'taken-back' : ''}>
            <span class="digits">
              {day(line.at) === day(first) ? '' : `${day(line.at)} `}
              {timeWithSeconds(line.at, zone)}
            </span>{' '}
            <b>{nameOfLine(line)}</b> {line.by === 'server' ? '' : `${t.roles[line.as]} ${nameOf(line.by)}`}
            {line.takenBack ? `（${t.review.takenBack}）` : null}
            <Says line={line} />
          </li>
        ))}
      </ol>
    </section>
  )
}

function nameOfLine({ type, says }: StoryLine): string {
  const t = common.value
  if (type === 'review') return t.statuses[says.action === 'APPROVED' ? 'APPROVED' : 'REJECTED']
  return t.oneTeam.facts[type] ?? type
}

function Says({ line: { type, says } }: { line: StoryLine }) {
  const text = [says.comment, says.reason, type === 'chat' ? says.text : undefined].find(
    (one): one is string => typeof one === 'string' && one !== '',
  )
  const moved = says.moved ? words.value.checkin.movedFrom : ''
  return text || moved ? <div class="soft">{[moved, text].filter(Boolean).join('・')}</div> : null
}
