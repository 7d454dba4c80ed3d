import type { Protest, ProtestPage } from '../../../design-docs/disputes.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { DisputeTabs } from './dispute-tabs.tsx'
import { words } from './dispute-words.ts'

/** What teams object to, the open ones first, each with the decision that it is about. */
export function ProtestsPage() {
  const t = words.value.protests
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<ProtestPage>(`/api/events/${who.event}/protests`, {
    desk,
    live,
    concerns: ({ threads, items, plan }) => plan || threads.length > 0 || items.length > 0,
  })
  return (
    <Page title={t.title}>
      <DisputeTabs current="protests" />
      <Shown loaded={loaded}>
        {(page) => (
          <>
            <Window page={page} />
            {page.protests.length === 0 ? <State icon="chat" title={t.none} text={t.noneText} /> : null}
            <ul class="stack">
              {page.protests.map((protest) => (
                <Line key={protest.fact} protest={protest} />
              ))}
            </ul>
          </>
        )}
      </Shown>
    </Page>
  )
}

function Window({ page: { until, now } }: { page: ProtestPage }) {
  const t = words.value.protests
  const zone = useDesk().overview.value?.event.timeZone
  if (until === null) return <p class="soft">{t.noWindow}</p>
  return <p class="notice">{until >= now ? t.open(dayAndTime(until, zone)) : t.over(dayAndTime(until, zone))}</p>
}

const tones = { open: 'wait', answered: 'quiet', done: 'ok' } as const

function Line({ protest }: { protest: Protest }) {
  const t = words.value.protests
  const { overview, nameOf } = useDesk()
  const zone = overview.value?.event.timeZone
  const { team, teamName, at, text, late, state, answers, about } = protest
  return (
    <li class="sheet stack">
      <div class="row wrap">
        <h2 class="grow">
          <span class="digits">{team}</span> {teamName}
        </h2>
        <span class="soft">{dayAndTime(at, zone)}</span>
        {late ? <Pill tone="warn">{t.late}</Pill> : null}
        <Pill tone={tones[state]}>{t.states[state]}</Pill>
      </div>
      <p>{text}</p>
      {answers.map((answer) => (
        <p key={`${answer.at} ${answer.text}`} class="soft">
          {dayAndTime(answer.at, zone)} {nameOf(answer.by)}: {answer.text}
        </p>
      ))}
      <div class="row wrap">
        {about ? (
          <>
            <span class="grow">
              {common.value.cp(about.checkpoint, '')} {t.ruled(common.value.statuses[about.status])}
            </span>
            <a class="button" href={`/admin/teams/${team}`}>
              {t.decide}
              <span class="hidden-text"> {team}</span>
            </a>
          </>
        ) : (
          <span class="grow" />
        )}
        <a class="button" href={`/admin/chat/${team}`}>
          {t.talk}
          <span class="hidden-text"> {team}</span>
        </a>
      </div>
    </li>
  )
}
