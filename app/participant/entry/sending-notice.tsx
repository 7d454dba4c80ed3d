import { words } from '../../i18n/entry-words.ts'
import type { SendingState } from './sending.ts'

type Props = {
  state: SendingState
  /** How many problems the form shows. */
  problems: number
  /** Where nothing of it is kept but on this page. */
  onPage?: boolean
}

/** How it stands with what was sent, and how much is left to be put right. */
export function SendingNotice({ state, problems, onPage = false }: Props) {
  const t = words.value
  if (state.step === 'waiting') {
    const kept = state.why === 'busy' ? t.waitingBusy : t.waitingOffline
    return (
      <p class="notice warn" role="status">
        {onPage ? t.waitingChange : kept}
      </p>
    )
  }
  if (state.step === 'refused') {
    const { code } = state.refusal
    return (
      <div class="notice no" role="alert">
        <p>{refusalText(code)}</p>
        {problems > 0 ? <p>{t.problemCount(problems)}</p> : null}
        <p class="soft digits">{t.errorCode(code)}</p>
      </div>
    )
  }
  return problems > 0 ? (
    <p class="notice no" role="alert">
      {t.problemCount(problems)}
    </p>
  ) : null
}

function refusalText(code: string): string {
  const t = words.value
  if (code === 'ZK-ENTRY-001') return `${t.closed} ${t.closedUnsent}`
  if (code === 'ZK-ENTRY-002') return `${t.full} ${t.fullText}`
  if (code === 'ZK-ENTRY-003') return t.refused
  if (code === 'ZK-ENTRY-005') return t.withdrawnDraft
  return t.failedToSend
}
