import { useEffect, useState } from 'preact/hooks'
import { databases } from '../../design-docs/databases.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { deviceName } from '../device/device-name.ts'
import { words } from '../i18n/words.ts'
import type { Look, Refusal } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { invitation, tokenInLink } from '../ui/invitation-link.ts'
import { State } from '../ui/state.tsx'
import { usePhone } from './phone.ts'
import { ScanBox } from './scan-box.tsx'
import { SettingsSheet } from './settings-sheet.tsx'

/** The way in: by a link, by its QR, or by its short code. Nothing is used up before the person agrees. */
export function SignIn() {
  const { store } = usePhone()
  const t = words.value.signIn
  return (
    <main id="main" class="screen sign-in">
      <h1 tabIndex={-1}>{t.title}</h1>
      {store.session.state.value === 'removed' ? (
        <p class="notice no" role="alert">
          {t.removed}
        </p>
      ) : null}
      {invitation.value ? <Invited token={invitation.value} /> : <AskForInvitation />}
      <SettingsSheet />
    </main>
  )
}

/** Code or QR; either ends as the invitation that is looked at next. */
export function AskForInvitation() {
  const t = words.value.signIn
  const [code, setCode] = useState('')
  const [scanning, setScanning] = useState(false)
  const [problem, setProblem] = useState<string>()
  const use = (text: string) => {
    const token = tokenInLink(text) ?? text.normalize('NFKC').replace(/\s/g, '')
    if (token !== '') invitation.value = token
  }
  const scanned = (text: string) => {
    const token = tokenInLink(text)
    if (token) invitation.value = token
    else setProblem(t.notInvitation)
  }
  return (
    <>
      <p class="soft">{t.lead}</p>
      <form
        class="sheet stack"
        onSubmit={(event) => {
          event.preventDefault()
          use(code)
        }}
      >
        <Field label={t.code} hint={t.codeHint} {...(problem ? { problem } : {})}>
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
      {scanning ? <ScanBox onText={scanned} aim={t.scan} /> : null}
      <Button wide onClick={() => setScanning(!scanning)}>
        {scanning ? t.stopScan : t.scan}
      </Button>
    </>
  )
}

/** An invitation in hand: what it is for, and the tap that uses it. */
export function Invited({ token, onDone }: { token: string; onDone?: () => void }) {
  const { session } = usePhone().store
  const t = words.value.signIn
  const [look, setLook] = useState<Look | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [starting, setStarting] = useState(false)
  const [tries, setTries] = useState(0)
  useEffect(() => {
    let current = true
    setLook(null)
    setRefusal(null)
    void session.look(token).then((answer) => {
      if (!current) return
      if (answer.ok) setLook(answer)
      else setRefusal(answer)
    })
    return () => {
      current = false
    }
  }, [token, tries])

  const drop = () => {
    invitation.value = null
  }
  if (refusal) {
    return (
      <div class="sheet" role="alert">
        <State icon={refusal.reason === 'offline' ? 'offline' : 'cross'} title={refusalText(refusal)}>
          {refusal.reason === 'refused' ? <p class="digits">{t.errorCode(refusal.code)}</p> : null}
          <Button wide onClick={() => setTries(tries + 1)}>
            {words.value.retry}
          </Button>
          <Button kind="bare" wide onClick={drop}>
            {words.value.back}
          </Button>
        </State>
      </div>
    )
  }
  if (!look?.ok) {
    return (
      <p class="sheet" role="status">
        {t.looking}
      </p>
    )
  }
  if (!mayUseStaffApp(look.role)) {
    return (
      <div class="sheet" role="alert">
        <State icon="cross" title={t.wrongApp(words.value.roles[look.role])}>
          <Button wide onClick={drop}>
            {words.value.back}
          </Button>
        </State>
      </div>
    )
  }
  const start = async () => {
    setStarting(true)
    const answer = await session.signIn(token, deviceName())
    setStarting(false)
    if (!answer.ok) return setRefusal(answer)
    drop()
    onDone?.()
  }
  return (
    <div class="sheet stack">
      <div>
        <h2>{t.invited}</h2>
        <p class="name">{look.name}</p>
      </div>
      <p class="soft">{t.note}</p>
      <Button kind="main" disabled={starting} onClick={() => void start()}>
        {starting ? t.starting : t.start(words.value.roles[look.role], look.event)}
      </Button>
      <Button kind="bare" wide onClick={drop}>
        {words.value.cancel}
      </Button>
    </div>
  )
}

const mayUseStaffApp = (role: Role) => databases.roster.readers.includes(role)

function refusalText(refusal: Refusal): string {
  const t = words.value.signIn
  if (refusal.reason === 'offline') return t.offline
  if (refusal.code === 'ZK-AUTH-003') return t.notKnown
  if (refusal.code === 'ZK-AUTH-004') return t.removed
  if (refusal.code === 'ZK-AUTH-005') return t.tooMany
  return t.refused
}
