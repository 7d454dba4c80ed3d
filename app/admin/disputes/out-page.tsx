import type { ComponentChildren } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import type { OutPage as OutPageDoc } from '../../../design-docs/disputes.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count, dayAndTime, fromNow, timeOf } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { BackDialog } from './back-dialog.tsx'
import { words } from './dispute-words.ts'

/** Who has not come back: the page that somebody looks at until everybody has. */
export function OutPage() {
  const t = words.value.out
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<OutPageDoc>(`/api/events/${who.event}/out`, {
    desk,
    live,
    concerns: ({ cards, plan }) => plan || cards.length > 0,
    gatherMs: 500,
  })
  useEffect(() => {
    // Teams become overdue while nothing happens.
    const timer = setInterval(loaded.reload, 30_000)
    return () => clearInterval(timer)
  }, [who.event])
  return (
    <Page title={t.title}>
      <Shown loaded={loaded}>
        {(page) => (
          <div class="stack">
            <Summary page={page} />
            {page.phones ? null : <p class="soft">{t.phonesForAdmins}</p>}
            <Help page={page} />
            <OnCourse page={page} />
            <Retired page={page} />
          </div>
        )}
      </Shown>
    </Page>
  )
}

function Summary({ page: { out, retired, help, back } }: { page: OutPageDoc }) {
  const t = words.value.out
  const waiting = new Set([...out, ...retired, ...help].map(({ team }) => team)).size
  if (waiting > 0)
    return (
      <p class="notice warn" role="status">
        <Icon name="attention" /> <b>{t.waiting(count(waiting))}</b>
      </p>
    )
  if (back.finished + back.retired === 0) return <State icon="people" title={t.nobodyStarted} />
  return (
    <div role="status">
      <State icon="check" title={t.allBack} text={t.allBackText(count(back.finished), count(back.retired))} />
    </div>
  )
}

type LineProps = { line: OutPageDoc['out'][number] | OutPageDoc['retired'][number] | OutPageDoc['help'][number] }

/** Number and name, who is called by which number, and where the team was seen last. */
function About({ line }: LineProps) {
  const t = words.value.out
  const { overview, desk } = useDesk()
  const zone = overview.value?.event.timeZone
  const { lastSeen } = line
  const place = lastSeen?.checkpoint === 'reception' ? t.reception : null
  return (
    <>
      <h3>
        <a href={`/admin/teams/${line.team}`}>
          <span class="digits">{line.team}</span> {line.name}
        </a>{' '}
        <span class="soft">{t.members(count(line.members))}</span>
      </h3>
      {line.phone ? (
        <a class="button" href={`tel:${line.phone.replace(/[^+\d]/g, '')}`}>
          {t.phone} <span class="digits">{line.phone}</span>
        </a>
      ) : null}
      <p>
        {t.lastSeen}:{' '}
        {lastSeen ? (
          <>
            {place ?? common.value.cp(lastSeen.checkpoint, lastSeen.name ? said(lastSeen.name) : '')}{' '}
            <b class="digits">{dayAndTime(lastSeen.at, zone)}</b>{' '}
            <span class="soft">{fromNow(lastSeen.at, desk.now())}</span>
          </>
        ) : (
          t.never
        )}
      </p>
    </>
  )
}

function Group({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <section class="stack">
      <h2>{title}</h2>
      <ul class="stack">{children}</ul>
    </section>
  )
}

function Help({ page: { help } }: { page: OutPageDoc }) {
  const t = words.value.out
  const { overview, decisions, who } = useDesk()
  const mayEnd = who.role === 'admin' || who.role === 'judge'
  const resolve = (facts: readonly string[]) => {
    for (const fact of facts) decisions.decide({ kind: 'void', fact, reason: t.resolveReason })
    toast(t.resolved)
  }
  if (help.length === 0) return null
  return (
    <Group title={t.help}>
      {help.map((line) => (
        <li key={line.team} class="sheet stack">
          <p class="notice no">
            <b class="digits">{timeOf(line.at, overview.value?.event.timeZone)}</b> {line.text}
          </p>
          <About line={line} />
          {line.position ? (
            <p>
              {line.near ? t.near(`${line.near.checkpoint} ${said(line.near.name)}`, count(line.near.meters)) : ''}{' '}
              <a href={`geo:${line.position.lat},${line.position.lng}`}>
                {t.map} ({line.position.lat.toFixed(5)}, {line.position.lng.toFixed(5)})
              </a>
            </p>
          ) : null}
          {mayEnd ? (
            <div>
              <Button onClick={() => resolve(line.facts)}>
                {t.resolve}
                <span class="hidden-text"> {line.team}</span>
              </Button>
            </div>
          ) : null}
        </li>
      ))}
    </Group>
  )
}

function OnCourse({ page: { out } }: { page: OutPageDoc }) {
  const t = words.value.out
  const zone = useDesk().overview.value?.event.timeZone
  const [back, setBack] = useState<string | null>(null)
  if (out.length === 0) return null
  return (
    <Group title={`${t.onCourse} (${count(out.length)})`}>
      {out.map((line) => (
        <li key={line.team} class="sheet stack">
          <div class="row wrap">
            {line.overdueMinutes > 0 ? (
              <Pill tone="no">{t.overdue(count(line.overdueMinutes))}</Pill>
            ) : (
              <Pill tone="quiet">{t.inTime}</Pill>
            )}
            {line.unseen ? <Pill tone="warn">{t.unseen}</Pill> : null}
            {line.status === 'registered' ? null : <Pill tone="warn">{common.value.teamStatuses[line.status]}</Pill>}
            {line.limitAt === null ? null : <span class="soft">{t.limit(dayAndTime(line.limitAt, zone))}</span>}
          </div>
          <About line={line} />
          <div>
            <Button onClick={() => setBack(line.team)}>
              {t.isBack}
              <span class="hidden-text"> {line.team}</span>
            </Button>
          </div>
        </li>
      ))}
      {back === null ? null : <BackDialog team={back} onClose={() => setBack(null)} />}
    </Group>
  )
}

function Retired({ page: { retired } }: { page: OutPageDoc }) {
  const t = words.value.out
  const { overview, decisions } = useDesk()
  const zone = overview.value?.event.timeZone
  const markBack = (team: string) => {
    decisions.decide({ kind: 'back', team })
    toast(t.back)
  }
  if (retired.length === 0) return null
  return (
    <Group title={t.retired}>
      {retired.map((line) => (
        <li key={line.team} class="sheet stack">
          <p>
            <b class="digits">{dayAndTime(line.at, zone)}</b> {line.reason} {line.place ? `（${line.place}）` : ''}
          </p>
          <About line={line} />
          <div>
            <Button onClick={() => markBack(line.team)}>
              {t.isBack}
              <span class="hidden-text"> {line.team}</span>
            </Button>
          </div>
        </li>
      ))}
    </Group>
  )
}
