import { useEffect, useRef, useState } from 'preact/hooks'
import { ErrorBoundary, useLocation } from 'preact-iso'
import { mayAuthor } from '../../design-docs/access.ts'
import { words } from '../i18n/words.ts'
import { Icon } from '../ui/icon.tsx'
import { lazyPart } from '../ui/lazy-part.tsx'
import { blankBib } from './blank-bib.ts'
import { classNames } from './class-names.ts'
import { KeypadDialog } from './keypad-dialog.tsx'
import { MembersDialog } from './members-dialog.tsx'
import { usePhone } from './phone.ts'
import { askForPhoto, photosOf } from './photo-flow.ts'
import { checkinOf, isPassedBy, leaveVerdict, recordAnyway, type Shown, scan, shown } from './scan-flow.ts'
import { rapid, source } from './scan-settings.ts'
import { placeName } from './station.ts'
import { UndoDialog } from './undo-dialog.tsx'
import { VerdictFacts } from './verdict-facts.tsx'
import { adviceOf, iconOf, titleOf, toneOf } from './verdict-words.ts'
import { WedgeBox } from './wedge-box.tsx'

const CornerPart = lazyPart(() => import('./other-screens.ts').then((all) => all.CornerPart))

/** Long enough to see and hear it, short enough for a queue. */
const rapidMs = 2200

type Asking = 'undo' | 'members' | 'number' | null

/** One glance: colour, mark and words say the same, the bib number is the largest. The next action is under the thumb. */
export function VerdictScreen({ seen }: { seen: Shown }) {
  const phone = usePhone()
  const [asking, setAsking] = useState<Asking>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const { verdict } = seen
  const passedBy = isPassedBy(seen)
  const typed = passedBy && source.value === 'wedge'
  // A scanner that types needs the focus; what the verdict is, its voice says.
  useEffect(() => {
    if (!typed) heading.current?.focus({ preventScroll: true })
  }, [seen, typed])
  useEffect(() => {
    const calm = rapid.value && seen.checkin !== null && verdict.level === 'done' && !seen.failed && asking === null
    if (!calm) return
    const timer = setTimeout(() => void leaveVerdict(phone), rapidMs)
    return () => clearTimeout(timer)
  }, [seen, asking, phone, verdict])

  const tone = toneOf(seen)
  const advice = adviceOf(seen)
  const title = titleOf(seen)
  const place = placeName(seen.station, phone.checkpoints.value)
  return (
    <main id="main" class={`verdict ${tone}`}>
      <header class="verdict-head">
        <span class="mark">
          <Icon name={iconOf(tone)} />
        </span>
        <div class="grow">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {place === title ? null : <p>{place}</p>}
        </div>
      </header>
      {verdict.team ? <p class="bib">{verdict.team}</p> : null}
      {verdict.card ? (
        <div class="verdict-team">
          <p class="name">{verdict.card.name}</p>
          <p>{classNames(verdict.card, phone.event.value)}</p>
        </div>
      ) : null}
      {advice.map((line) => (
        <p key={line} class="advice">
          {line}
        </p>
      ))}
      {passedBy ? <p class="advice">{words.value.verdict.nextAtOnce}</p> : null}
      <VerdictFacts seen={seen} />
      {seen.station.kind === 'corner' ? (
        <ErrorBoundary>
          <CornerPart seen={seen} />
        </ErrorBoundary>
      ) : null}
      {typed ? <WedgeBox paused={asking !== null} onText={(text) => void scan(phone, { text }, seen.station)} /> : null}
      <Actions seen={seen} onAsk={setAsking} />
      {asking === 'undo' && seen.checkin ? (
        <UndoDialog fact={seen.checkin} onClose={() => setAsking(null)} onDone={() => void leaveVerdict(phone)} />
      ) : null}
      {asking === 'members' ? <MembersDialog seen={seen} onClose={() => setAsking(null)} /> : null}
      {asking === 'number' ? (
        <KeypadDialog
          onClose={() => setAsking(null)}
          onNumber={(number) => {
            setAsking(null)
            void leaveVerdict(phone).then(() => scan(phone, { number }, seen.station))
          }}
        />
      ) : null}
    </main>
  )
}

type Act = { label: string; run: () => void }

function Actions({ seen, onAsk }: { seen: Shown; onAsk: (asking: Asking) => void }) {
  const phone = usePhone()
  const { route } = useLocation()
  const t = words.value.verdict
  const { verdict, checkin, station, failed } = seen
  const { team } = verdict
  const leaveTo = (path: string) => {
    void leaveVerdict(phone)
    route(path)
  }
  const next: Act = { label: t.next, run: () => void leaveVerdict(phone) }
  const openTeam: Act = { label: t.openTeam, run: () => leaveTo(`/staff/team/${team}`) }
  const anyway: Act = { label: t.anyway, run: () => void recordAnyway(phone) }
  const byNumber = phone.searches.value ? [{ label: words.value.scan.byNumber, run: () => onAsk('number') }] : []
  const who = phone.store.session.who.value
  const mayBind =
    station.kind === 'reception' &&
    verdict.kind === 'unknown-but-signed' &&
    who !== null &&
    mayAuthor(who.role, 'bind', team ?? undefined, who.teams)
  const target = checkinOf(phone, seen)
  const taken = target && team ? photosOf(phone, team, target) : 0
  const photograph: Act = {
    label: taken ? t.retake : t.photograph,
    run: () => {
      if (team && target) askForPhoto({ team, checkin: target, purpose: 'checkin', exists: taken > 0 })
    },
  }
  const acts = ((): [main: Act, ...rest: Act[]] => {
    if (failed) return [{ label: words.value.retry, run: anyway.run }, next]
    if (checkin) {
      const members = verdict.card && taken === 0 ? [{ label: t.members, run: () => onAsk('members') }] : []
      return [photograph, { label: t.undo, run: () => onAsk('undo') }, next, ...members, openTeam]
    }
    if (station.kind === 'reception' && team && verdict.card && verdict.level !== 'refused') {
      return [{ label: t.reception, run: () => leaveTo(`/staff/team/${team}/reception`) }, openTeam, next]
    }
    if (mayBind && team) {
      const { bibIssue } = verdict
      const bind = () => {
        blankBib.value = { number: team, issue: bibIssue ?? 1 }
        leaveTo(`/staff/team/${team}/new`)
      }
      return [{ label: t.newTeam, run: bind }, next]
    }
    if (verdict.kind === 'already-here' && target) {
      return [photograph, { ...anyway, label: t.again }, next, openTeam]
    }
    if (verdict.checkin === 'on-purpose' && station.kind === 'checkpoint') return [next, anyway, openTeam]
    return verdict.card ? [next, ...byNumber, openTeam] : [next, ...byNumber]
  })()
  const [main, ...rest] = acts
  return (
    <div class="verdict-acts">
      <button type="button" class="button main" onClick={main.run}>
        {main.label}
      </button>
      <div class="pair">
        {rest.map(({ label, run }) => (
          <button key={label} type="button" class="button ghost" onClick={run}>
            {label}
          </button>
        ))}
      </div>
    </div>
  )
}

/** Says the verdict to those who do not look; it is always there, since a live region must exist before its text. */
export function VerdictVoice() {
  const seen = shown.value
  const text = seen ? [titleOf(seen), seen.verdict.team, seen.verdict.card?.name].filter(Boolean).join(' ') : ''
  return (
    <div class="hidden-text" role="alert">
      {text}
    </div>
  )
}
