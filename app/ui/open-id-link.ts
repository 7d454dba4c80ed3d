import { signal } from '@preact/signals'

const inAddress = location.hash.startsWith('#openid=') ? location.hash.slice(1) : null
// A code is good once, but stays in no history all the same.
if (inAddress !== null) history.replaceState(history.state, '', location.pathname + location.search)

/** What the OpenID provider sent back with this page, until it is used. */
export const openIdAnswer = signal(inAddress)
