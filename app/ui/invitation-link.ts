import { signal } from '@preact/signals'

/** The token that waits to be used; kept over a reload, never sent as part of an address. */
export const invitation = signal<string | null>(sessionStorage.getItem('zekken.invitation'))

invitation.subscribe((token) => {
  if (token) sessionStorage.setItem('zekken.invitation', token)
  else sessionStorage.removeItem('zekken.invitation')
})

/** The token in an invitation's link, else null; any host will do, for the venue's may differ. */
export function tokenInLink(text: string): string | null {
  const token = /#invite=([A-Za-z0-9_-]{8,200})$/.exec(text.trim())?.[1]
  return token ?? null
}

/** Takes the token out of the address, so that it stays in no history and on no screenshot. */
export function readInvitationLink(): void {
  const token = tokenInLink(location.href)
  if (token === null) return
  invitation.value = token
  history.replaceState(history.state, '', location.pathname + location.search)
}
