import { useState } from 'preact/hooks'
import type { StoryLine, TeamPage } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { timeWithSeconds } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { useDesk } from '../desk/context.ts'
import { ReasonDialog } from './reason-dialog.tsx'

/** What nobody but the server writes tells nothing that a person could take back. */
const ofServer = new Set(['arrival', 'original', 'entry', 'void'])

/** Every fact about a team in order of time; what was taken back stays, crossed out. */
export function Story({ page }: { page: TeamPage }) {
  const t = words.value.oneTeam
  const { who, decisions, overview, nameOf } = useDesk()
  const [undoing, setUndoing] = useState<StoryLine | null>(null)
  const zone = overview.value?.event.timeZone
  const mayUndo = who.role === 'admin' || who.role === 'judge'
  const lines = page.story.filter(({ type }) => type !== 'arrival' && type !== 'original')
  return (
    <>
      <ol class="list story">
        {lines.map((line) => (
          <li key={line.fact} class={line.takenBack ? 'taken-back' : ''}>
            <div>
              <span class="digits">{timeWithSeconds(line.at, zone)}</span> <b>{t.facts[line.type] ?? line.type}</b>{' '}
              <Says line={line} />
              <div class="soft">
                {words.value.roles[line.as]} {line.by === 'server' ? '' : nameOf(line.by)}
                {line.takenBack ? `・${t.takenBack}` : ''}
              </div>
            </div>
            {mayUndo && !line.takenBack && !ofServer.has(line.type) ? (
              <Button kind="bare" onClick={() => setUndoing(line)}>
                {t.undoFact}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      {undoing ? (
        <ReasonDialog
          title={t.undoTitle}
          text={t.undoText}
          act={t.undoFact}
          onClose={() => setUndoing(null)}
          onReason={(reason) => {
            decisions.decide({ kind: 'void', fact: undoing.fact, reason })
            setUndoing(null)
          }}
        />
      ) : null}
    </>
  )
}

/** The content of a fact in a few words. */
function Says({ line: { type, says } }: { line: StoryLine }) {
  const t = words.value
  const { overview } = useDesk()
  const text = (field: string) =>
    typeof says[field] === 'string' || typeof says[field] === 'number' ? String(says[field]) : ''
  if (type === 'checkin') {
    const known = overview.value?.checkins.byCheckpoint.find(({ checkpoint }) => checkpoint === says.checkpoint)
    return <>{t.cp(text('checkpoint'), known ? said(known.name) : '')}</>
  }
  if (type === 'review')
    return (
      <>
        {t.statuses[says.action === 'APPROVED' ? 'APPROVED' : 'REJECTED']} {text('comment')}
      </>
    )
  if (type === 'adjustment') return <>{`${text('points')} ${text('reason')}`}</>
  if (type === 'ruling')
    return <>{`${t.teamStatuses[says.status as keyof typeof t.teamStatuses] ?? ''} ${text('reason')}`}</>
  if (type === 'correction') return <>{`${text('field')}: ${inWords(says.was)} → ${inWords(says.is)}`}</>
  if (type === 'entry') return <>{text('name')}</>
  return <>{text('reason') || text('text') || text('note')}</>
}

const inWords = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))
