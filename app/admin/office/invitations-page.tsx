import { useState } from 'preact/hooks'
import type { Role } from '../../../design-docs/primitives.ts'
import type { Invitation } from '../../../design-docs/sign-in.ts'
import { words } from '../../i18n/admin-words.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { type BadFields, badFieldsOf, problemOf } from '../bad-fields.ts'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { AgentsPart } from './agents-part.tsx'
import { ApplicantsPart } from './applicants-part.tsx'
import { type Made, MadeInvitation } from './made-invitation.tsx'
import { PasskeysPart } from './passkeys-part.tsx'

/** Ways in for staff, judges and participants: a link, a QR, a code, each good once. */
export function InvitationsPage() {
  const t = words.value.invitations
  const { desk, live, who } = useDesk()
  const [made, setMade] = useState<Made | null>(null)
  const loaded = useLoaded<{ invitations: Invitation[] }>(`/api/events/${who.event}/invitations`, {
    desk,
    live,
    concerns: () => false,
  })
  return (
    <Page title={t.title}>
      <div class="columns">
        <section class="sheet stack">
          {made ? (
            <MadeInvitation made={made} onAgain={() => setMade(null)} />
          ) : (
            <Make
              onMade={(one) => {
                setMade(one)
                loaded.reload()
              }}
            />
          )}
        </section>
        <section class="sheet stack">
          <h2>{t.listed}</h2>
          <Shown loaded={loaded}>
            {({ invitations }) =>
              invitations.length === 0 ? (
                <p class="soft">{t.empty}</p>
              ) : (
                <Listed invitations={invitations} onChanged={loaded.reload} />
              )
            }
          </Shown>
        </section>
        <AgentsPart />
        <ApplicantsPart
          onMade={(one) => {
            setMade(one)
            loaded.reload()
            scrollTo({ top: 0 })
          }}
        />
        <PasskeysPart />
      </div>
    </Page>
  )
}

const offered: readonly Role[] = ['staff', 'core', 'judge', 'admin', 'participant', 'agent', 'display']
const wrong = (problem: string | undefined) => (problem ? { problem } : {})
const hoursOffered = [1, 12, 24, 72, 168]

function Make({ onMade }: { onMade: (made: Made) => void }) {
  const t = words.value
  const { desk, who } = useDesk()
  const [role, setRole] = useState<Role>('staff')
  const [name, setName] = useState('')
  const [teams, setTeams] = useState('')
  const [hours, setHours] = useState(24)
  const [tried, setTried] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const [bad, setBad] = useState<BadFields>([])
  const needsTeams = role === 'participant' || role === 'agent'
  const numbers = needsTeams
    ? teams
        .normalize('NFKC')
        .toUpperCase()
        .split(/[\s,、]+/)
        .filter(Boolean)
    : []
  const fits = name.trim() !== '' && (!needsTeams || numbers.length > 0)
  const make = async () => {
    setTried(true)
    setBad([])
    setFailed(null)
    if (!fits) return
    const answer = await desk.ask(`/api/events/${who.event}/invitations`, {
      method: 'POST',
      json: { role, name: name.trim(), teams: numbers, ttlMinutes: hours * 60 },
    })
    if (answer.kind === 'ok') return onMade({ ...(answer.body as Omit<Made, 'name'>), name: name.trim() })
    const refused = answer.kind === 'refused' ? badFieldsOf(answer.figures) : []
    if (refused.length > 0) setBad(refused)
    else setFailed(answer.kind === 'refused' ? t.failed.otherText(answer.code) : t.failed.offline)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void make()
      }}
    >
      <h2>{t.invitations.make}</h2>
      <Field label={t.invitations.role}>
        {(ids) => (
          <select {...ids} value={role} onChange={(event) => setRole(event.currentTarget.value as Role)}>
            {offered.map((one) => (
              <option key={one} value={one}>
                {t.roles[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Field
        label={t.invitations.name}
        hint={t.invitations.nameHint}
        {...wrong(tried && !name.trim() ? t.invitations.nameNeeded : problemOf(bad, 'name'))}
      >
        {(ids) => (
          <input {...ids} value={name} maxLength={120} onInput={(event) => setName(event.currentTarget.value)} />
        )}
      </Field>
      {needsTeams ? (
        <Field
          label={t.invitations.teams}
          hint={t.invitations.teamsHint}
          {...wrong(tried && numbers.length === 0 ? t.invitations.teamsNeeded : problemOf(bad, 'teams'))}
        >
          {(ids) => <input {...ids} value={teams} onInput={(event) => setTeams(event.currentTarget.value)} />}
        </Field>
      ) : null}
      <Field label={t.invitations.hours}>
        {(ids) => (
          <select {...ids} value={String(hours)} onChange={(event) => setHours(Number(event.currentTarget.value))}>
            {hoursOffered.map((one) => (
              <option key={one} value={String(one)}>
                {t.invitations.hoursOf(String(one))}
              </option>
            ))}
          </select>
        )}
      </Field>
      {failed ? (
        <p class="notice no" role="alert">
          {failed}
        </p>
      ) : null}
      <Button kind="main" type="submit">
        {t.invitations.make}
      </Button>
    </form>
  )
}

function Listed({ invitations, onChanged }: { invitations: readonly Invitation[]; onChanged: () => void }) {
  const t = words.value
  const { desk, overview } = useDesk()
  const [withdrawing, setWithdrawing] = useState<Invitation | null>(null)
  const zone = overview.value?.event.timeZone
  const isOpen = (one: Invitation) => !one.used && !one.withdrawn && one.expiresAt >= desk.now()
  const stateOf = (one: Invitation) => {
    if (one.used) return t.invitations.used(dayAndTime(one.used.at, zone))
    if (one.withdrawn) return t.invitations.withdrawn(dayAndTime(one.withdrawn.at, zone))
    return isOpen(one) ? t.invitations.open(dayAndTime(one.expiresAt, zone)) : t.invitations.expired
  }
  return (
    <>
      <ul class="list">
        {invitations.map((one) => (
          <li key={`${one.account} ${one.createdAt}`}>
            <div>
              <b>{one.name}</b> {t.roles[one.role]} <span class="digits">{one.teams.join(' ')}</span>
              <div class="soft">{stateOf(one)}</div>
            </div>
            {isOpen(one) ? (
              <Button onClick={() => setWithdrawing(one)} aria-label={t.invitations.withdrawOf(one.name)}>
                {t.invitations.withdraw}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {withdrawing ? (
        <Withdraw
          invitation={withdrawing}
          onClose={() => setWithdrawing(null)}
          onDone={() => {
            setWithdrawing(null)
            onChanged()
          }}
        />
      ) : null}
    </>
  )
}

type WithdrawProps = { invitation: Invitation; onClose: () => void; onDone: () => void }

/** Asks once more: a link that was sent already stops working, and only a new one brings it back. */
function Withdraw({ invitation, onClose, onDone }: WithdrawProps) {
  const t = words.value
  const { desk, who } = useDesk()
  const [failed, setFailed] = useState<string | null>(null)
  const withdraw = async () => {
    const path = `/api/events/${who.event}/invitations/${encodeURIComponent(invitation.account)}`
    const answer = await desk.ask(path, { method: 'DELETE' })
    if (answer.kind === 'ok') onDone()
    else setFailed(answer.kind === 'refused' ? t.failed.otherText(answer.code) : t.failed.offline)
  }
  return (
    <Dialog title={t.invitations.withdrawTitle(invitation.name)} onClose={onClose}>
      <p>{t.invitations.withdrawText}</p>
      {failed ? (
        <p class="notice no" role="alert">
          {failed}
        </p>
      ) : null}
      <Button kind="refuse" wide onClick={() => void withdraw()}>
        {t.invitations.withdrawYes}
      </Button>
      <Button kind="bare" wide onClick={onClose}>
        {t.cancel}
      </Button>
    </Dialog>
  )
}
