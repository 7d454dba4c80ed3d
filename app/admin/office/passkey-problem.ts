import { words } from './passkey-words.ts'

/** What a browser's refusal means for the person; by the names of WebAuthn's errors. */
export function passkeyProblem(error: unknown): string {
  const t = words.value
  const name = error instanceof Error ? ((error.cause as Error | undefined)?.name ?? error.name) : ''
  if (name === 'InvalidStateError') return t.twice
  if (name === 'SecurityError' || name === 'NotSupportedError') return t.cannot
  return t.stopped
}
