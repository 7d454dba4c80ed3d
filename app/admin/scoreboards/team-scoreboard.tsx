import { useState } from 'preact/hooks'
import type { MadeLink } from '../../../design-docs/scoreboards.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { language } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import { Pill } from '../../ui/pill.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { NumberField } from '../setup/inputs.tsx'
import { LinksPart } from './links-part.tsx'
import { scoreboardWords } from './scoreboard-words.ts'
import './scoreboards.css'
import { problemOf, useScoreboards } from './use-scoreboards.ts'

/** A team's scoreboard on its page: how it stands, made, opened, passed on by a link. */
export function TeamScoreboard({ team }: { team: string }) {
  const t = scoreboardWords.value
  const { who, overview } = useDesk()
  const boards = useScoreboards(team)
  const row = boards.loaded.value?.reports[0]
  const mayMake = who.role !== 'judge'
  if (!row) return null
  const { made, checkins, net } = row
  const make = () =>
    void boards.make({ teams: [team], language: made?.language ?? language.value, ...(made && { reprint: true }) })
  return (
    <>
      <section class="sheet stack scoreboards">
        <h2>{t.sheet}</h2>
        <div class="row">
          <span class="grow soft">
            {made ? t.made(dayAndTime(made.at, overview.value?.event.timeZone), count(made.version)) : null}
            {made ? null : checkins > 0 ? t.notMade : t.noData}
          </span>
          {made && made.net !== net ? <Pill tone="warn">{t.stale(count(net))}</Pill> : null}
        </div>
        <div class="pair">
          {made ? (
            <>
              <Button disabled={boards.busy} onClick={() => void boards.open(row, 'pdf')}>
                {t.pdf}
              </Button>
              <Button disabled={boards.busy} onClick={() => void boards.open(row, 'xlsx')}>
                {t.excel}
              </Button>
            </>
          ) : null}
          {mayMake && checkins > 0 ? (
            <Button disabled={boards.busy} onClick={make}>
              {made ? t.again : t.make}
            </Button>
          ) : null}
        </div>
      </section>
      {made && mayMake ? <TeamLinks team={team} /> : null}
    </>
  )
}

function TeamLinks({ team }: { team: string }) {
  const t = scoreboardWords.value
  const { desk, who } = useDesk()
  const [days, setDays] = useState<number | undefined>(30)
  const [made, setMade] = useState<string | null>(null)
  const [links, setLinks] = useState(0)
  const isGood = days !== undefined && Number.isInteger(days) && days >= 1 && days <= 366
  const make = async () => {
    const answer = await desk.ask(`/api/events/${who.event}/report-links`, { method: 'POST', json: { team, days } })
    if (answer.kind !== 'ok') toast(problemOf(answer))
    else {
      setMade((answer.body as MadeLink).link)
      setLinks((before) => before + 1)
    }
  }
  const copy = async (text: string) => {
    await navigator.clipboard.writeText(text)
    toast(t.copied)
  }
  return (
    <>
      <section class="sheet stack">
        <h2>{t.link}</h2>
        <NumberField label={t.days} value={days} onChange={setDays} step="1" />
        <Button disabled={!isGood} onClick={() => void make()}>
          {t.makeLink}
        </Button>
        {made ? (
          <div class="stack" role="status">
            <p class="notice ok made-link">{made}</p>
            <p class="soft">{t.onlyNow}</p>
            {/* A page that is not served safely has no clipboard; the text can be marked and copied. */}
            {navigator.clipboard ? <Button onClick={() => void copy(made)}>{t.copy}</Button> : null}
          </div>
        ) : null}
      </section>
      <LinksPart key={links} team={team} />
    </>
  )
}
