import { useEffect, useState } from 'preact/hooks'
import { deviceName } from '../device/device-name.ts'
import type { Refusal, Session } from '../store/types.ts'
import { Button } from '../ui/button.tsx'
import { openIdAnswer } from '../ui/open-id-link.ts'
import { words } from './open-id-words.ts'

export type OpenIdPartProps = { app: 'staff' | 'admin'; session: Pick<Session, 'prove'> }
type Problem = 'silent' | 'over' | 'waiting' | 'otherApp' | 'removed' | 'tooMany'

const route = '/api/login/oidc'

/** A button that leads to the provider, and what to do with its answer; nothing where no provider is set up. */
export function OpenIdPart({ app, session }: OpenIdPartProps) {
  const t = words.value
  const [issuer, setIssuer] = useState<string | null>(null)
  const [busy, setBusy] = useState<'going' | 'checking' | null>(openIdAnswer.value === null ? null : 'checking')
  const [problem, setProblem] = useState<Problem | null>(null)

  useEffect(() => void issuerHost().then(setIssuer), [])
  useEffect(() => {
    const given = openIdAnswer.value
    if (given !== null) void end(given)
  }, [])

  async function end(given: string): Promise<void> {
    const { openid: code, state, iss } = Object.fromEntries(new URLSearchParams(given))
    const proof = { way: 'oidc', code: code ?? '', state: state ?? '', ...(iss ? { iss } : {}) } as const
    const answer = proof.code ? await session.prove(proof, deviceName()) : null
    setBusy(null)
    if (!answer?.ok) setProblem(answer ? problemOf(answer) : 'over')
    openIdAnswer.value = null
  }

  async function start(): Promise<void> {
    setProblem(null)
    setBusy('going')
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${route}/start`, { method: 'POST', headers, body: JSON.stringify({ app }) })
      .then(async (response) => (response.ok ? ((await response.json()) as { url: string }) : response.status))
      .catch(() => 0)
    if (typeof answer !== 'number') return location.assign(answer.url)
    setBusy(null)
    setProblem(answer === 429 ? 'tooMany' : 'silent')
  }

  if (issuer === null && busy === null && problem === null) return null
  return (
    <section class="sheet stack">
      {problem ? (
        <p class="notice no" role="alert">
          {t[problem]}
        </p>
      ) : null}
      {busy === 'checking' ? <p role="status">{t.checking}</p> : null}
      {busy === 'checking' || issuer === null ? null : (
        <Button wide disabled={busy !== null} onClick={() => void start()}>
          {busy ? t.going : t.start(issuer)}
        </Button>
      )}
    </section>
  )
}

/** Null as well where the server cannot be asked: then nobody could sign in this way either. */
async function issuerHost(): Promise<string | null> {
  try {
    const answer = await fetch(route)
    return answer.ok ? ((await answer.json()) as { issuer: string | null }).issuer : null
  } catch {
    return null
  }
}

function problemOf(refusal: Refusal): Problem {
  if (refusal.reason === 'offline') return 'silent'
  if (refusal.code === 'ZK-AUTH-002') return 'otherApp'
  if (refusal.code === 'ZK-AUTH-004') return 'removed'
  if (refusal.code === 'ZK-AUTH-005') return 'tooMany'
  return refusal.code === 'ZK-AUTH-007' ? 'waiting' : 'over'
}
