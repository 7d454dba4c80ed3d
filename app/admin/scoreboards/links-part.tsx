import { useState } from 'preact/hooks'
import type { LinkList, LinkRow } from '../../../design-docs/scoreboards.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Pill } from '../../ui/pill.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { scoreboardWords } from './scoreboard-words.ts'
import { problemOf } from './use-scoreboards.ts'

const tones = { open: 'ok', expired: 'quiet', revoked: 'no' } as const

/** The links that open reports from outside, each with its end; `team` shows those of one alone. */
export function LinksPart({ team }: { team?: string }) {
  const t = scoreboardWords.value
  const { desk, live, who } = useDesk()
  const path = `/api/events/${who.event}/report-links`
  const loaded = useLoaded<LinkList>(path, { desk, live, concerns: () => false })
  const [asked, setAsked] = useState<LinkRow | null>(null)
  const revoke = async ({ id }: LinkRow) => {
    const answer = await desk.ask(`${path}/${id}`, { method: 'DELETE' })
    setAsked(null)
    toast(answer.kind === 'ok' ? t.revoked : problemOf(answer))
    loaded.reload()
  }
  return (
    <section class="sheet stack">
      <h2>{t.links}</h2>
      <p class="soft">{t.linksText}</p>
      <Shown loaded={loaded}>
        {({ links }) => {
          const shown = links.filter((link) => team === undefined || link.team === team)
          return shown.length > 0 ? (
            <ul class="list numbered">
              {shown.map((link) => (
                <Link key={link.id} link={link} onRevoke={() => setAsked(link)} />
              ))}
            </ul>
          ) : (
            <p class="soft">{t.noLinks}</p>
          )
        }}
      </Shown>
      {asked ? (
        <Dialog title={t.revokeTitle} onClose={() => setAsked(null)}>
          <p>{t.revokeText}</p>
          <Button kind="refuse" wide onClick={() => void revoke(asked)}>
            {t.revoke}
          </Button>
          <Button kind="bare" wide onClick={() => setAsked(null)}>
            {t.close}
          </Button>
        </Dialog>
      ) : null}
    </section>
  )
}

function Link({ link, onRevoke }: { link: LinkRow; onRevoke: () => void }) {
  const t = scoreboardWords.value
  const { overview, nameOf } = useDesk()
  const who = link.for === 'person' ? nameOf(link.by) : t.linkFor[link.for]
  return (
    <li>
      <span class="number">{link.team}</span>
      <span class="grow">
        {t.until(dayAndTime(link.until, overview.value?.event.timeZone))}
        <div class="row wrap soft">
          <Pill tone={tones[link.state]}>{t.linkStates[link.state]}</Pill>
          {who}
        </div>
      </span>
      {link.state === 'open' ? <Button onClick={onRevoke}>{t.revoke}</Button> : null}
    </li>
  )
}
