const under = (event: string, draft: string) => `zekken.entry-key.${event}.${draft}`

/** Takes the key of a link out of the address, so that it stays in no history; this tab alone keeps it. */
export function readEntryKey(event: string, draft: string): string | null {
  const found = /^#key=([A-Za-z0-9_-]{20,100})$/.exec(location.hash)?.[1]
  if (found !== undefined) {
    sessionStorage.setItem(under(event, draft), found)
    history.replaceState(history.state, '', location.pathname + location.search)
  }
  return sessionStorage.getItem(under(event, draft))
}

/** Where an entry is looked at, changed and withdrawn. */
export const entryPath = (event: string, draft: string) => `/team/entry/${event}/${draft}`

export const entryLink = ({ event, draft, token }: { event: string; draft: string; token: string }) =>
  `${location.origin}${entryPath(event, draft)}#key=${token}`
