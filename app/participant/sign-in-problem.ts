import type { ParticipantWords } from '../i18n/participant-ja.ts'
import type { Refusal } from '../store/types.ts'

/** Why a sign-in did not work, and what helps. */
export function problemText(refusal: Refusal, { signIn: t }: Pick<ParticipantWords, 'signIn'>): string {
  if (refusal.reason === 'offline') return t.noServer
  return `${textOf(refusal, t)} ${t.errorCode(refusal.code)}`
}

function textOf(refusal: Extract<Refusal, { reason: 'refused' }>, t: ParticipantWords['signIn']): string {
  const { code, figures } = refusal
  if (code === 'ZK-AUTH-004') return t.removed
  if (code === 'ZK-AUTH-005') {
    const ms = Number(figures.retryAfterMs ?? Number.NaN)
    return Number.isFinite(ms) && ms > 0 ? t.locked(Math.ceil(ms / 60_000)) : t.tooMany
  }
  return code === 'ZK-AUTH-006' ? t.wrong(Number(figures.left ?? 0)) : t.notTaken
}
