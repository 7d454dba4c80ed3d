import { useEffect, useState } from 'preact/hooks'
import type { Role } from '../../design-docs/primitives.ts'
import { words } from '../i18n/admin-words.ts'
import type { Look, Refusal } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { State } from '../ui/state.tsx'
import type { Desk } from './desk/desk.ts'
import { invitation } from './invitation.ts'

/** The way in, by link or by code. Nothing is used up before the person agrees. */
export function SignIn({ desk }: { desk: Desk }) {
  const t = words.value.signIn
  return (
    <main id="main" class="sign-in">
      <h1>{t.title}</h1>
      {desk.session.state.value === 'removed' ? (
        <p class="notice no" role="alert">
          {t.removed}
        </p>
      ) : null}
      {invitation.value ? <Invited desk={desk} token={invitation.value} /> : <AskForCode />}
    </main>
  )
}

function AskForCode() {
  const t = words.value.signIn
  const [code, setCode] = useState('')
  const use = (event: Event) => {
    event.preventDefault()
    invitation.value = /#invite=([A-Za-z0-9_-]+)/.exec(code)?.[1] ?? code.normalize('NFKC').replace(/\s/g, '')
  }
  return (
    <form class="sheet stack" onSubmit={use}>
      <p class="soft">{t.lead}</p>
      <Field label={t.code} hint={t.codeHint}>
        {(ids) => (
          <input
            {...ids}
            class="digits"
            value={code}
            autocomplete="one-time-code"
            autocapitalize="characters"
            spellcheck={false}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        )}
      </Field>
      <Button kind="main" type="submit" disabled={code.trim() === ''}>
        {t.useCode}
      </Button>
    </form>
  )
}

const mayUseDesk = (role: Role) => role === 'judge' || role === 'admin' || role === 'core'

function Invited({ desk, token }: { desk: Desk; token: string }) {
  const t = words.value.signIn
  const [look, setLook] = useState<Look | null>(null)
  const [starting, setStarting] = useState(false)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let current = true
    setLook(null)
    void desk.session.look(token).then((answer) => {
      if (current) setLook(answer)
    })
    return () => {
      current = false
    }
  }, [token, tries])
  const drop = () => {
    invitation.value = null
  }
  const start = async () => {
    setStarting(true)
    const answer = await desk.session.signIn(token, navigator.platform || 'Desk')
    setStarting(false)
    if (answer.ok) drop()
    else setLook(answer)
  }

  if (!look) return <p class="sheet">{t.looking}</p>
  const title = look.ok ? (mayUseDesk(look.role) ? null : t.wrongApp(words.value.roles[look.role])) : refusalText(look)
  if (title !== null || !look.ok)
    return (
      <div class="sheet" role="alert">
        <State icon={!look.ok && look.reason === 'offline' ? 'offline' : 'cross'} title={title ?? ''}>
          {!look.ok ? (
            <Button wide onClick={() => setTries(tries + 1)}>
              {words.value.retry}
            </Button>
          ) : null}
          <Button kind="bare" wide onClick={drop}>
            {words.value.back}
          </Button>
        </State>
      </div>
    )
  return (
    <div class="sheet stack">
      <div>
        <h2>{t.invited}</h2>
        <p class="invited-name">{look.name}</p>
      </div>
      <Button kind="main" disabled={starting} onClick={() => void start()}>
        {starting ? t.starting : t.start(words.value.roles[look.role], look.event)}
      </Button>
      <Button kind="bare" wide onClick={drop}>
        {words.value.cancel}
      </Button>
    </div>
  )
}

function refusalText(refusal: Refusal): string {
  const t = words.value.signIn
  if (refusal.reason === 'offline') return t.offline
  if (refusal.code === 'ZK-AUTH-003') return t.notKnown
  if (refusal.code === 'ZK-AUTH-004') return t.removed
  if (refusal.code === 'ZK-AUTH-005') return t.tooMany
  return t.refused
}
