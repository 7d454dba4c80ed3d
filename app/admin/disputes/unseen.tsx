import { useEffect, useState } from 'preact/hooks'
import type { UnseenPage } from '../../../design-docs/disputes.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { words } from './dispute-words.ts'

/** Who has not seen a notice: teams first, since somebody has to find them. */
export function Unseen({ notice, title }: { notice: string; title: string }) {
  const t = words.value.unseen
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        {t.show}
        <span class="hidden-text"> {title}</span>
      </Button>
      {open ? <UnseenDialog notice={notice} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function UnseenDialog({ notice, onClose }: { notice: string; onClose: () => void }) {
  const t = words.value.unseen
  const { desk, live, who, overview, nameOf } = useDesk()
  const zone = overview.value?.event.timeZone
  const loaded = useLoaded<UnseenPage>(`/api/events/${who.event}/notices/${notice}/unseen`, {
    desk,
    live,
    concerns: ({ notices, cards }) => notices.length > 0 || cards.length > 0,
    gatherMs: 5000,
  })
  useEffect(() => {
    // Which phones have shown it is no change of the event.
    const timer = setInterval(loaded.reload, 10_000)
    return () => clearInterval(timer)
  }, [notice])
  return (
    <Dialog title={t.title} onClose={onClose}>
      <Shown loaded={loaded}>
        {({ teams, phones }) => (
          <div class="stack">
            {teams.length + phones.length === 0 ? <p role="status">{t.nobody}</p> : null}
            {teams.length > 0 ? <h2>{`${t.teams} (${count(teams.length)})`}</h2> : null}
            <ul class="list lines">
              {teams.map(({ team, name, phones: many, state }) => (
                <li key={team}>
                  <a href={`/admin/teams/${team}`}>
                    <b class="digits">{team}</b> {name}
                  </a>
                  <span class="soft">
                    {common.value.states[state as keyof typeof common.value.states]}・
                    {many === 0 ? t.noPhones : t.count(count(many))}
                  </span>
                </li>
              ))}
            </ul>
            {phones.length > 0 ? <h2>{`${t.phones} (${count(phones.length)})`}</h2> : null}
            <ul class="list lines">
              {phones.map((phone) => (
                <li key={phone.device}>
                  <span>
                    {phone.team ? `${phone.team} ${phone.teamName}` : nameOf(phone.account)}{' '}
                    <span class="soft">
                      {common.value.roles[phone.role]}・{phone.name}
                    </span>
                  </span>
                  <span class="soft">
                    {phone.has ? t.has : t.hasNot}・
                    {phone.lastContactAt === null ? t.noContact : t.contact(dayAndTime(phone.lastContactAt, zone))}
                  </span>
                </li>
              ))}
            </ul>
          </div>
        )}
      </Shown>
      <Button kind="bare" wide onClick={onClose}>
        {common.value.close}
      </Button>
    </Dialog>
  )
}
