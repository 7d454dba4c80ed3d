import { signal } from '@preact/signals'

const keptUnder = 'zekken.admin.invitation'
/** The invitation that waits to be used: the token of a link, or a code. Kept over a reload of this tab alone. */
export const invitation = signal<string | null>(sessionStorage.getItem(keptUnder))

invitation.subscribe((token) => {
  if (token) sessionStorage.setItem(keptUnder, token)
  else sessionStorage.removeItem(keptUnder)
})

/** Takes the token out of the address, so that it stays in no history and on no screenshot. */
export function readInvitationLink(): void {
  const token = /#invite=([A-Za-z0-9_-]{8,200})$/.exec(location.href)?.[1]
  if (token === undefined) return
  invitation.value = token
  history.replaceState(history.state, '', location.pathname + location.search)
}
