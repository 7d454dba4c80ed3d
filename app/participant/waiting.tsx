import { useEffect, useState } from 'preact/hooks'
import { words } from '../i18n/participant-words.ts'
import { Button } from '../ui/button.tsx'
import { Meter } from '../ui/meter.tsx'
import { State } from '../ui/state.tsx'
import { useOwnTeam } from './own-team.ts'
import { TeamChoice } from './team-head.tsx'

/** A team that has just entered has its card within seconds; a server out of reach is asked seldom. */
const askAgainMs = { reached: 5_000, unreachable: 30_000 }

/** No card on this device: it is on its way, or out of reach, or the server has none yet. */
export function Waiting() {
  const { store, teams, number, copy } = useOwnTeam()
  const { link, busy } = store.status
  const t = words.value.wait
  const unreachable = link.value === 'offline' || link.value === 'blocked'
  useEffect(() => {
    const timer = setInterval(() => void store.sync(), askAgainMs[unreachable ? 'unreachable' : 'reached'])
    return () => clearInterval(timer)
  }, [unreachable])
  const progress = number.value === null ? null : store.mirrors.team(number.value).progress.value
  const [answered, setAnswered] = useState(false)
  useEffect(() => {
    if (!busy.value && link.value === 'online') setAnswered(true)
  }, [busy.value, link.value])
  // Asked again and again, the screen stands still until something comes.
  const asking = busy.value && (!answered || (progress?.received ?? 0) > 0)
  const loading = !unreachable && copy.value !== 'complete' && (asking || link.value === 'unknown')
  return (
    <section class="sheet">
      {loading ? (
        <State icon="sync" title={t.loading} text={t.loadingText}>
          <Meter share={progress?.expected ? progress.received / progress.expected : 0} label={t.loading} />
        </State>
      ) : (
        <State
          icon={unreachable ? 'offline' : 'people'}
          title={unreachable ? t.offline : t.empty}
          text={unreachable ? t.offlineText : t.emptyText}
        >
          {number.value ? <p class="team-bib">{number.value}</p> : null}
          <Button wide onClick={() => void store.sync()}>
            {t.check}
          </Button>
        </State>
      )}
      {teams.value.length > 1 ? <TeamChoice /> : null}
    </section>
  )
}
