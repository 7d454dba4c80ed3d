import { databases } from '../../design-docs/databases.ts'
import type { Role } from '../../design-docs/primitives.ts'
import { words } from '../i18n/participant-words.ts'
import { CodeForm } from '../ui/code-form.tsx'
import { invitation } from '../ui/invitation-link.ts'
import { Invited } from '../ui/invited.tsx'
import { useOwnTeam } from './own-team.ts'
import { Settings } from './settings.tsx'

/** The way in: by a link or by its short code. Nothing is used up before the person agrees. */
export function SignIn() {
  const { session } = useOwnTeam().store
  const t = words.value.signIn
  return (
    <main id="main" class="screen sign-in">
      <h1 tabIndex={-1}>{t.title}</h1>
      {session.state.value === 'removed' ? (
        <p class="notice no" role="alert">
          {t.removed}
        </p>
      ) : null}
      {invitation.value ? (
        <Invited
          session={session}
          token={invitation.value}
          words={words.value}
          mayUse={mayUseTeamApp}
          onDone={() => {
            invitation.value = null
          }}
        />
      ) : (
        <AskForCode />
      )}
      <Settings />
    </main>
  )
}

export function AskForCode() {
  const t = words.value.signIn
  return (
    <>
      <p class="soft">{t.lead}</p>
      <CodeForm
        words={t}
        onUse={(ticket) => {
          invitation.value = ticket
        }}
      />
    </>
  )
}

const mayUseTeamApp = (role: Role) => databases.team.readers.includes(role)
