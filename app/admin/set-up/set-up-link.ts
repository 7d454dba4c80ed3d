import { signal } from '@preact/signals'

const keptUnder = 'zekken.admin.setup'
/** The token of the set-up link that a new installation printed, until its event is made. Kept over a reload of this tab alone. */
export const setUpToken = signal<string | null>(sessionStorage.getItem(keptUnder))

setUpToken.subscribe((token) => {
  if (token) sessionStorage.setItem(keptUnder, token)
  else sessionStorage.removeItem(keptUnder)
})

/** Takes the token out of the address, so that it stays in no history and on no screenshot. */
export function readSetUpLink(): void {
  const token = /#setup=([A-Za-z0-9_-]{20,200})$/.exec(location.href)?.[1]
  if (token === undefined) return
  setUpToken.value = token
  history.replaceState(history.state, '', location.pathname + location.search)
}
