import { signal } from '@preact/signals'

/** Each app of an origin has its own: a tab may show one after the other. */
const keptUnder = `zekken.invitation.${location.pathname.split('/')[1]}`

/** The token or code that waits to be used; kept over a reload of this tab alone, never sent as part of an address. */
export const invitation = signal<string | null>(sessionStorage.getItem(keptUnder))

invitation.subscribe((token) => {
  if (token) sessionStorage.setItem(keptUnder, token)
  else sessionStorage.removeItem(keptUnder)
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
