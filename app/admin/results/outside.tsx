import { useEffect } from 'preact/hooks'
import type { OutsideState } from '../../../design-docs/external.ts'
import { words } from '../../i18n/admin-words.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Pill } from '../../ui/pill.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { outsideWords } from './outside-words.ts'

const tones = { pending: 'wait', known: 'ok', refused: 'warn' } as const
const lookEveryMs = 15_000

/** What the external system knows of a team; nothing where there is no such system. */
export function Outside({ team }: { team: string }) {
  const t = outsideWords.value
  const { desk, live, who, overview } = useDesk()
  const path = `/api/events/${who.event}/teams/${encodeURIComponent(team)}/outside`
  const concerns = ({ teams }: { teams: string[] }) => teams.includes(team)
  const loaded = useLoaded<{ outside: OutsideState | null }>(path, { desk, live, concerns, gatherMs: 2000 })
  const outside = loaded.value?.outside
  useEffect(() => {
    if (!outside) return
    // An answer of another system comes without a word in the feed.
    const timer = setInterval(loaded.reload, lookEveryMs)
    return () => clearInterval(timer)
  }, [path, outside === undefined || outside === null])
  if (!outside) return null
  const again = async () => {
    const answer = await desk.ask(path, { method: 'POST' })
    toast(answer.kind === 'ok' ? t.asked : words.value.failed.other)
    loaded.reload()
  }
  return (
    <section class="sheet stack">
      <h2>{t.title}</h2>
      <Facts
        rows={[
          [t.state, <Pill tone={tones[outside.state]}>{t.states[outside.status][outside.state]}</Pill>],
          [t.id, outside.externalId],
          [t.at, outside.at === null ? null : dayAndTime(outside.at, overview.value?.event.timeZone)],
          [t.tries, outside.state === 'pending' && outside.tries > 0 ? count(outside.tries) : null],
          [t.error, outside.error],
        ]}
      />
      {who.role === 'judge' ? null : <Button onClick={() => void again()}>{t.again}</Button>}
    </section>
  )
}
