import { useState } from 'preact/hooks'
import { useLocation, useRoute } from 'preact-iso'
import { mayAuthor, mayCall, signInMakers } from '../../design-docs/access.ts'
import type { Card } from '../../design-docs/derived.ts'
import { timeOf } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { MemberList } from '../ui/member-list.tsx'
import { State } from '../ui/state.tsx'
import { CheckpointList } from './checkpoint-list.tsx'
import { classNames } from './class-names.ts'
import { usePhone } from './phone.ts'
import { PortraitPart } from './portrait-part.tsx'
import { RetireDialog } from './retire-dialog.tsx'
import { ScanFirst } from './scan-first.tsx'
import { scan } from './scan-flow.ts'
import { ScoreSheet } from './score-sheet.tsx'
import { Screen } from './screen.tsx'
import { checkpointName, placeName, station } from './station.ts'
import { teamCard } from './team-card.ts'

const SignInQr = lazyPart(() => import('../sign-in/sign-in-qr.tsx').then((file) => file.SignInQr))

/** Everything this phone knows of a team, with its own records counted in, and what can be done for it here. */
export function TeamScreen() {
  const phone = usePhone()
  const { params } = useRoute()
  const { route } = useLocation()
  const number = (params.number ?? '').toUpperCase()
  const t = words.value.team
  const card = teamCard(phone, number)
  const here = station.value
  const action =
    here === null ? (
      <a class="button main" href="/staff/station">
        {words.value.station.choose}
      </a>
    ) : here.kind === 'reception' && card ? (
      <Button kind="main" onClick={() => route(`/staff/team/${number}/reception`)}>
        {words.value.verdict.reception}
      </Button>
    ) : card === null && !phone.searches.value ? null : (
      <Button kind="main" onClick={() => void scan(phone, { number }, here)}>
        {t.checkIn(placeName(here, phone.checkpoints.value))}
      </Button>
    )
  return (
    <Screen
      title={`${t.title} ${number}`}
      back={phone.searches.value ? '/staff/search' : '/staff/records'}
      action={action}
    >
      {card ? (
        <Known card={card} />
      ) : phone.searches.value ? (
        <State icon="people" title={t.unknown(number)} text={t.unknownText} />
      ) : (
        <ScanFirst />
      )}
    </Screen>
  )
}

function Known({ card }: { card: Card }) {
  const phone = usePhone()
  return (
    <div class="columns">
      <div class="stack">
        <section class="sheet stack">
          <div>
            <p class="team-bib">{card.team}</p>
            <p class="name">{card.name}</p>
            {card.kana ? <p class="soft">{card.kana}</p> : null}
            <p>{classNames(card, phone.event.value)}</p>
          </div>
          <Warnings card={card} />
          <Standing card={card} />
        </section>
        <section class="sheet">
          <PortraitPart team={card.team} />
        </section>
        <Members card={card} />
        <TeamActions card={card} />
      </div>
      <div class="stack">
        <ScoreSheet card={card} />
        <CheckpointList card={card} />
      </div>
    </div>
  )
}

function Warnings({ card }: { card: Card }) {
  const { timeZone } = usePhone()
  const t = words.value.team
  const lines = [
    card.help && `${t.help} ${timeOf(card.help.at, timeZone.value)} ${card.help.text ?? ''}`,
    card.status !== 'registered' && `${t.status[card.status]} ${card.statusReason ?? ''}`,
    card.retired &&
      `${t.retired} ${timeOf(card.retired.at, timeZone.value)} ${card.retired.reason} ${card.retired.place ?? ''}`,
    card.attention,
  ].filter((line): line is string => typeof line === 'string')
  return lines.map((line) => (
    <p key={line} class="notice warn">
      {line}
    </p>
  ))
}

function Standing({ card }: { card: Card }) {
  const { timeZone, checkpoints } = usePhone()
  const t = words.value
  const time = (at: number | null) => (at === null ? null : timeOf(at, timeZone.value))
  const { reception, lastSeen } = card
  const seenAt =
    lastSeen &&
    (lastSeen.checkpoint === 'reception' ? t.station.reception : checkpointName(lastSeen.checkpoint, checkpoints.value))
  return (
    <Facts
      rows={[
        [
          t.team.reception,
          reception
            ? `${time(reception.at)} ${reception.feePaid ? t.verdict.feePaid : t.verdict.feeUnpaid}`
            : t.verdict.notArrived,
        ],
        [t.verdict.rows.note, reception?.note],
        [t.team.start, time(card.startAt)],
        [t.team.goal, time(card.goalAt)],
        [t.team.lastSeen, lastSeen && `${time(lastSeen.at)} ${seenAt}`],
        [t.team.bib, t.verdict.issue(card.bibIssue)],
      ]}
    />
  )
}

function Members({ card }: { card: Card }) {
  const t = words.value
  return (
    <section class="sheet flush">
      <h2 class="sheet-title">{t.team.members}</h2>
      {card.members.length === 0 ? <p class="soft">{t.members.none}</p> : null}
      <MemberList card={card} words={t.verdict} />
    </section>
  )
}

function TeamActions({ card }: { card: Card }) {
  const { store } = usePhone()
  const { route } = useLocation()
  const [retiring, setRetiring] = useState(false)
  const [lettingIn, setLettingIn] = useState(false)
  const t = words.value
  const who = store.session.who.value
  const may = (type: 'reception' | 'retire') => who !== null && mayAuthor(who.role, type, card.team, who.teams)
  return (
    <section class="pair" aria-label={t.team.actions}>
      {may('reception') ? (
        <Button onClick={() => route(`/staff/team/${card.team}/reception`)}>{t.reception.edit}</Button>
      ) : null}
      {may('retire') && !card.retired ? <Button onClick={() => setRetiring(true)}>{t.retire.action}</Button> : null}
      {who !== null && mayCall(signInMakers, [who.role]) ? (
        <Button onClick={() => setLettingIn(true)}>{t.team.signIn}</Button>
      ) : null}
      {lettingIn ? (
        <SignInQr
          team={card.team}
          make={store.session.signInLink}
          now={() => store.outbox.stamp().at}
          onClose={() => setLettingIn(false)}
        />
      ) : null}
      {retiring ? <RetireDialog team={card.team} onClose={() => setRetiring(false)} /> : null}
    </section>
  )
}
