import { useEffect, useState } from 'preact/hooks'
import type { Role } from '../../design-docs/primitives.ts'
import { deviceName } from '../device/device-name.ts'
import { said } from '../i18n/dictionary.ts'
import type { Look, Refusal, Session } from '../store/types.ts'
import { Button } from './button.tsx'
import { State } from './state.tsx'

export type InvitedWords = {
  retry: string
  back: string
  cancel: string
  roles: Record<Role, string>
  signIn: Record<
    'looking' | 'invited' | 'note' | 'starting' | 'offline' | 'notKnown' | 'removed' | 'over' | 'tooMany' | 'refused',
    string
  > & {
    errorCode(code: string): string
    wrongApp(role: string): string
    start(role: string, event: string): string
  }
}

type InvitedProps = {
  session: Pick<Session, 'look' | 'signIn'>
  /** The token of a link or a short code. */
  token: string
  words: InvitedWords
  /** Whether this app is of use to the role; an invitation for another app is not used up here. */
  mayUse(role: Role): boolean
  /** The invitation is used, or put aside. */
  onDone(): void
}

/** An invitation in hand: what it is for, and the tap that uses it. */
export function Invited({ session, token, words, mayUse, onDone }: InvitedProps) {
  const t = words.signIn
  const [look, setLook] = useState<Look | null>(null)
  const [starting, setStarting] = useState(false)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let current = true
    setLook(null)
    void session.look(token).then((answer) => {
      if (current) setLook(answer)
    })
    return () => {
      current = false
    }
  }, [token, tries])

  if (look === null) {
    return (
      <p class="sheet" role="status">
        {t.looking}
      </p>
    )
  }
  if (!look.ok) {
    return (
      <div class="sheet" role="alert">
        <State icon={look.reason === 'offline' ? 'offline' : 'cross'} title={refusalText(look, t)}>
          {look.reason === 'refused' ? <p class="digits">{t.errorCode(look.code)}</p> : null}
          <Button wide onClick={() => setTries(tries + 1)}>
            {words.retry}
          </Button>
          <Button kind="bare" wide onClick={onDone}>
            {words.back}
          </Button>
        </State>
      </div>
    )
  }
  if (!mayUse(look.role)) {
    return (
      <div class="sheet" role="alert">
        <State icon="cross" title={t.wrongApp(words.roles[look.role])}>
          <Button wide onClick={onDone}>
            {words.back}
          </Button>
        </State>
      </div>
    )
  }
  const start = async () => {
    setStarting(true)
    const answer = await session.signIn(token, deviceName())
    setStarting(false)
    if (answer.ok) onDone()
    else setLook(answer)
  }
  return (
    <div class="sheet stack">
      <div>
        <h2>{t.invited}</h2>
        <p class="name">{look.name}</p>
      </div>
      <p class="soft">{t.note}</p>
      <Button kind="main" disabled={starting} onClick={() => void start()}>
        {starting ? t.starting : t.start(words.roles[look.role], look.eventName ? said(look.eventName) : look.event)}
      </Button>
      <Button kind="bare" wide onClick={onDone}>
        {words.cancel}
      </Button>
    </div>
  )
}

function refusalText(refusal: Refusal, t: InvitedWords['signIn']): string {
  if (refusal.reason === 'offline') return t.offline
  if (refusal.code === 'ZK-AUTH-003') return t.notKnown
  if (refusal.code === 'ZK-AUTH-004') return t.removed
  if (refusal.code === 'ZK-AUTH-005') return t.tooMany
  return t.refused
}
