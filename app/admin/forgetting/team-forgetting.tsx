import { useEffect, useState } from 'preact/hooks'
import type { TeamForgettingPage } from '../../../design-docs/forgetting.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { KindCounts } from './kind-counts.tsx'
import { TeamForgettingDialog } from './team-forgetting-dialog.tsx'
import { words } from './team-forgetting-words.ts'

const askEveryMs = 1500

/** On a team's page: the deletion of its personal data at its request, how far that is, and the proof. */
export function TeamForgetting({ team }: { team: string }) {
  const t = words.value
  const { desk, live, who } = useDesk()
  const path = `/api/events/${who.event}/teams/${encodeURIComponent(team)}/forgetting`
  const loaded = useLoaded<TeamForgettingPage>(path, { desk, live, concerns: () => false })
  const state = loaded.value?.standing?.state
  const isUnderWay = state !== undefined && state !== 'done'
  useEffect(() => {
    if (!isUnderWay) return
    const timer = setInterval(loaded.reload, askEveryMs)
    return () => clearInterval(timer)
  }, [isUnderWay])
  return (
    <section class="sheet stack">
      <h2>{t.title}</h2>
      <Shown loaded={loaded}>{(page) => <Standing page={page} path={path} onBegun={loaded.reload} />}</Shown>
    </section>
  )
}

type Props = { page: TeamForgettingPage; path: string; onBegun: () => void }

function Standing({ page, path, onBegun }: Props) {
  const t = words.value
  const { nameOf, overview } = useDesk()
  const [asking, setAsking] = useState(false)
  const { standing, report, preview, team } = page
  const zone = overview.value?.event.timeZone
  if (!standing) {
    return (
      <>
        <p class="soft">{t.lead}</p>
        <Button onClick={() => setAsking(true)}>{t.act}</Button>
        {asking ? (
          <TeamForgettingDialog
            team={team}
            path={path}
            preview={preview ?? {}}
            onBegun={() => {
              setAsking(false)
              onBegun()
            }}
            onClose={() => setAsking(false)}
          />
        ) : null}
      </>
    )
  }
  const agreed: [string, string] = [t.agreed, t.by(nameOf(standing.by), dayAndTime(standing.since, zone))]
  if (standing.state !== 'done' || !report) {
    return (
      <>
        <p class="notice" role="status">
          {t.states[standing.state]}
        </p>
        <Facts rows={[agreed]} />
        <p class="soft">{t.goesOn}</p>
      </>
    )
  }
  const save = () => {
    const proof = { ...report, doneAt: standing.doneAt, late: standing.late }
    const bytes = new TextEncoder().encode(`${JSON.stringify(proof, null, 2)}\n`)
    saveFile(bytes.buffer, { name: `forgotten-${report.event}-${team}.json`, type: 'application/json' })
  }
  return (
    <>
      <p class="notice ok" role="status">
        {t.states.done}
      </p>
      <Facts
        rows={[
          agreed,
          [t.doneAt, standing.doneAt ? dayAndTime(standing.doneAt, zone) : null],
          [t.late, standing.late > 0 ? t.lateText(standing.late) : null],
          [t.digest, <code key="digest" class="digest">{`${report.digest.slice(0, 16)}…`}</code>],
        ]}
      />
      <KindCounts counts={report.counts} />
      <p class="soft">{t.proof}</p>
      <Button onClick={save}>{t.save}</Button>
    </>
  )
}
