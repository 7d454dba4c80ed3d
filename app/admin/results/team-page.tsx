import { useState } from 'preact/hooks'
import { mayCall, signInMakers } from '../../../design-docs/access.ts'
import type { TeamPage as TeamPageDoc } from '../../../design-docs/console.ts'
import type { TeamDoc } from '../../../design-docs/derived.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count, timeWithSeconds } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { words as disputeWords } from '../disputes/dispute-words.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { TeamScoreboard } from '../scoreboards/team-scoreboard.tsx'
import { BibDialog } from './bib-dialog.tsx'
import { Breakdown } from './breakdown.tsx'
import { Outside } from './outside.tsx'
import { PasswordDialog } from './password-dialog.tsx'
import { words as passwordWords } from './password-words.ts'
import { Story } from './story.tsx'
import { type TeamAct, TeamDialog } from './team-dialog.tsx'

const TeamForgetting = lazyPart(() => import('../forgetting/team-forgetting.tsx').then((file) => file.TeamForgetting))
const TeamPortrait = lazyPart(() => import('../palettes/team-portrait.tsx').then((file) => file.TeamPortrait))
const TeamPictures = lazyPart(() => import('../palettes/team-pictures.tsx').then((file) => file.TeamPictures))
const SignInQr = lazyPart(() => import('../../sign-in/sign-in-qr.tsx').then((file) => file.SignInQr))

/** One team: what is known, where its points come from, what happened, and what the desk may decide. */
export function TeamPage({ team }: { team?: string }) {
  const { desk, live, who } = useDesk()
  const number = team ?? ''
  const loaded = useLoaded<TeamPageDoc>(`/api/events/${who.event}/teams/${encodeURIComponent(number)}`, {
    desk,
    live,
    concerns: ({ cards, teams, items, plan }) =>
      plan || cards.includes(number) || teams.includes(number) || items.some((item) => item.team === number),
  })
  const [bibShown, setBibShown] = useState(false)
  const name = loaded.value ? loaded.value.team.name : ''
  const bib = loaded.value ? <Button onClick={() => setBibShown(true)}>{words.value.bib.show}</Button> : null
  return (
    <Page title={name === number ? number : `${number} ${name}`} beside={bib}>
      <Shown loaded={loaded}>{(page) => <Whole page={page} />}</Shown>
      {bibShown && loaded.value ? (
        <BibDialog team={loaded.value.team as unknown as TeamDoc} onClose={() => setBibShown(false)} />
      ) : null}
    </Page>
  )
}

function Whole({ page }: { page: TeamPageDoc }) {
  const t = words.value
  const [act, setAct] = useState<TeamAct | null>(null)
  const [lettingIn, setLettingIn] = useState(false)
  const [givingPassword, setGivingPassword] = useState(false)
  const { who, desk } = useDesk()
  const mayDecide = who.role === 'admin' || who.role === 'judge'
  const mayCorrect = who.role === 'admin' || who.role === 'core'
  return (
    <div class="columns team-page">
      <div class="stack">
        <section class="sheet stack">
          <About page={page} />
        </section>
        <section class="sheet stack">
          <h2>{t.oneTeam.actions}</h2>
          <div class="pair">
            {mayDecide ? <Button onClick={() => setAct('adjustment')}>{t.oneTeam.adjust}</Button> : null}
            {mayDecide ? <Button onClick={() => setAct('ruling')}>{t.oneTeam.rule}</Button> : null}
            {mayDecide ? <Button onClick={() => setAct('timing')}>{disputeWords.value.times.act}</Button> : null}
            {mayCorrect ? <Button onClick={() => setAct('correction')}>{t.oneTeam.correct}</Button> : null}
            <Button onClick={() => setAct('retire')}>{t.oneTeam.retire}</Button>
            <a class="button" href={`/admin/chat/${page.team.number}`}>
              {t.nav.chat}
            </a>
            {mayCall(signInMakers, [who.role]) ? (
              <>
                <Button onClick={() => setLettingIn(true)}>{t.oneTeam.signIn}</Button>
                <Button onClick={() => setGivingPassword(true)}>{passwordWords.value.act}</Button>
              </>
            ) : null}
          </div>
        </section>
        <Outside team={page.team.number} />
        <TeamPortrait team={page.team.number} />
        <TeamPictures team={page.team.number} />
        <TeamScoreboard team={page.team.number} />
        {who.role === 'admin' ? <TeamForgetting team={page.team.number} /> : null}
        <section class="sheet stack">
          <h2>{t.oneTeam.story}</h2>
          <Story page={page} />
        </section>
      </div>
      <section class="sheet stack">
        <h2>{t.oneTeam.checkins}</h2>
        {page.verdicts.length > 0 || page.card ? <Breakdown page={page} /> : <p class="soft">{t.oneTeam.noCheckins}</p>}
      </section>
      {givingPassword ? <PasswordDialog team={page.team.number} onClose={() => setGivingPassword(false)} /> : null}
      {lettingIn ? (
        <SignInQr
          team={page.team.number}
          make={desk.session.signInLink}
          now={desk.now}
          onClose={() => setLettingIn(false)}
        />
      ) : null}
      {act ? <TeamDialog act={act} page={page} onClose={() => setAct(null)} /> : null}
    </div>
  )
}

function About({ page: { team, card, places } }: { page: TeamPageDoc }) {
  const t = words.value
  const event = useDesk().overview.value?.event
  const known = team as unknown as TeamDoc
  const time = (at: number | null | undefined) => (at == null ? null : timeWithSeconds(at, event?.timeZone))
  const className = (id: string) => {
    const one = event?.classes.find((other) => other.id === id)
    return one ? said(one.name) : id
  }
  return (
    <>
      {known.attention ? (
        <p class="notice warn">
          <b>{t.oneTeam.attention}</b> {known.attention}
        </p>
      ) : null}
      <Facts
        rows={[
          [t.oneTeam.status, `${t.teamStatuses[known.status]}${known.statusReason ? `（${known.statusReason}）` : ''}`],
          [t.oneTeam.classes, t.list(known.classIds.map(className))],
          [t.oneTeam.members, t.list(known.members.map((member) => member.name))],
          [
            t.oneTeam.reception,
            card?.reception
              ? `${time(card.reception.at)} ${card.reception.feePaid ? t.oneTeam.feePaid : t.oneTeam.feeUnpaid}`
              : null,
          ],
          [t.oneTeam.started, time(card?.startAt)],
          [t.oneTeam.goal, time(card?.goalAt)],
          [t.oneTeam.retired, card?.retired ? `${time(card.retired.at)} ${card.retired.reason}` : null],
          [
            t.oneTeam.places,
            Object.entries(places).map(([classId, place]) => (
              <a key={classId} class="place-link" href={`/admin/rankings/${classId}?team=${known.number}`}>
                {className(classId)} {place === null ? t.none : count(place)}
              </a>
            )),
          ],
        ]}
      />
    </>
  )
}
