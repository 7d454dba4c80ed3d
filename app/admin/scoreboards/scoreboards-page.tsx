import { useState } from 'preact/hooks'
import type { ReportList, ReportRow } from '../../../design-docs/scoreboards.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { type Language, language } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { Tick } from '../../ui/tick.tsx'
import { useDesk } from '../desk/context.ts'
import { Shown } from '../failure.tsx'
import { JobItem } from '../jobs/job-item.tsx'
import { jobWords } from '../jobs/job-words.ts'
import { Page } from '../page.tsx'
import { Found } from '../results/found.tsx'
import { LinksPart } from './links-part.tsx'
import { scoreboardWords } from './scoreboard-words.ts'
import './scoreboards.css'
import { type Scoreboards, useScoreboards } from './use-scoreboards.ts'

/** Scoreboards of all teams: made, followed, opened; and the links that open them from outside. */
export function ScoreboardsPage() {
  const t = scoreboardWords.value
  const { who } = useDesk()
  const boards = useScoreboards()
  const mayMake = who.role !== 'judge'
  return (
    <Page title={t.title}>
      <p class="soft">{t.lead}</p>
      {mayMake ? null : <p class="notice">{t.readOnly}</p>}
      <Shown loaded={boards.loaded}>
        {(list) =>
          list.reports.length > 0 ? (
            <Whole list={list} boards={boards} mayMake={mayMake} />
          ) : (
            <State icon="people" title={t.noTeams} text={t.noTeamsText} />
          )
        }
      </Shown>
    </Page>
  )
}

type WholeProps = { list: ReportList; boards: Scoreboards; mayMake: boolean }

function Whole({ list, boards, mayMake }: WholeProps) {
  const t = scoreboardWords.value
  return (
    <div class="columns scoreboards">
      <div class="stack">
        {mayMake ? <MakePart list={list} boards={boards} /> : null}
        <section class="sheet stack">
          <h2>{t.jobs}</h2>
          {boards.jobs.rows.length > 0 ? (
            <ul class="list jobs">
              {boards.jobs.rows.slice(0, 10).map((job) => (
                <JobItem key={job.id} job={job} keptDays={list.keptDays} jobs={boards.jobs} />
              ))}
            </ul>
          ) : (
            <p class="soft">{jobWords.value.noJobs}</p>
          )}
          <p class="soft">{t.kept(count(list.keptDays))}</p>
        </section>
        {mayMake ? <LinksPart /> : null}
      </div>
      <section class="stack" aria-label={t.teams}>
        <Found label={t.search} rows={list.reports} textOf={({ team, name }) => `${team} ${name}`}>
          {(shown) => (
            <ul class="list numbered sheet flush">
              {shown.map((row) => (
                <Row key={row.team} row={row} boards={boards} />
              ))}
            </ul>
          )}
        </Found>
      </section>
    </div>
  )
}

function MakePart({ list, boards }: Omit<WholeProps, 'mayMake'>) {
  const t = scoreboardWords.value
  const [onPaper, setOnPaper] = useState<Language>(language.value)
  const [bundle, setBundle] = useState(true)
  const [reprint, setReprint] = useState(false)
  const teams = list.reports.filter(({ checkins }) => checkins > 0).length
  return (
    <section class="sheet stack">
      <Field label={t.language}>
        {(ids) => (
          <select
            {...ids}
            value={onPaper}
            onChange={({ currentTarget }) => setOnPaper(currentTarget.value as Language)}
          >
            <option value="ja">{t.languages.ja}</option>
            <option value="en">{t.languages.en}</option>
          </select>
        )}
      </Field>
      <Tick checked={bundle} onChange={setBundle}>
        {t.bundle}
      </Tick>
      <Tick checked={reprint} onChange={setReprint}>
        {t.reprint}
      </Tick>
      <Button
        kind="main"
        disabled={boards.busy || teams === 0}
        onClick={() => void boards.make({ language: onPaper, bundle, reprint })}
      >
        {t.makeAll(count(teams))}
      </Button>
    </section>
  )
}

function Row({ row, boards }: { row: ReportRow; boards: Scoreboards }) {
  const t = scoreboardWords.value
  const { overview } = useDesk()
  const { team, name, made, checkins, net } = row
  return (
    <li>
      <span class="number">{team}</span>
      <span class="grow">
        <a href={`/admin/teams/${team}`}>{name}</a>
        <div class="soft">
          {made
            ? t.made(dayAndTime(made.at, overview.value?.event.timeZone), count(made.version))
            : checkins > 0
              ? t.notMade
              : t.noData}
        </div>
      </span>
      {made ? (
        <span class="row">
          {made.net === net ? (
            <b class="digits">{t.points(count(net))}</b>
          ) : (
            <Pill tone="warn">{t.stale(count(net))}</Pill>
          )}
          <Button disabled={boards.busy} onClick={() => void boards.open(row, 'pdf')} aria-label={`${t.pdf} ${team}`}>
            {t.pdf}
          </Button>
          <Button
            disabled={boards.busy}
            onClick={() => void boards.open(row, 'xlsx')}
            aria-label={`${t.excel} ${team}`}
          >
            {t.excel}
          </Button>
        </span>
      ) : null}
    </li>
  )
}
