import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { Overview } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import type { Who } from '../../store/types.ts'
import { toast } from '../../ui/toast.tsx'
import { DeskContext } from './context.ts'
import { openDecisions, type Refused } from './decisions.ts'
import type { Desk } from './desk.ts'
import { type Live, openLive } from './live.ts'
import { openPictures } from './pictures.ts'
import { useLoaded } from './use-loaded.ts'

type Props = { desk: Desk; who: Who; children: ComponentChildren }

/** Opens what all screens of one event share, and closes it with the last of them. */
export function DeskProvider({ desk, who, children }: Props) {
  const parts = useMemo(
    () => ({
      live: openLive(desk, who),
      decisions: openDecisions(desk, who.event),
      pictures: openPictures(desk),
    }),
    [desk, who.event, who.device],
  )
  const names = useRef((account: string) => account)
  useEffect(() => {
    const stops = [
      parts.live.onChange(({ items }) => {
        for (const { checkin } of items) parts.decisions.arrived(checkin)
      }),
      parts.decisions.onRefused((refused) => toast(refusedText(refused, names.current), { ms: 12_000 })),
    ]
    return () => {
      for (const stop of stops) stop()
      parts.live.stop()
      parts.decisions.stop()
      parts.pictures.close()
    }
  }, [parts])
  const overview = useOverview(desk, who.event, parts.live)
  const nameOf = useNames(desk, who.event, parts.live)
  names.current = nameOf
  return <DeskContext.Provider value={{ desk, who, overview, nameOf, ...parts }}>{children}</DeskContext.Provider>
}

/** The overview feeds the head and the counts of every screen; it changes with nearly everything, so it waits a little. */
function useOverview(desk: Desk, event: string, live: Live) {
  const loaded = useLoaded<Overview>(`/api/events/${event}/overview`, {
    desk,
    live,
    concerns: () => true,
    gatherMs: 800,
  })
  useEffect(() => {
    // Overdue teams, devices and problems change without a word in the feed.
    const timer = setInterval(loaded.reload, 30_000)
    return () => clearInterval(timer)
  }, [event])
  return loaded
}

/** Names by account; an account that is new is asked for again with the next changes, and all when a team has another name or none. */
function useNames(desk: Desk, event: string, live: Live): (account: string) => string {
  const missing = useRef(false)
  const loaded = useLoaded<{ people: Record<string, string> }>(`/api/events/${event}/people`, {
    desk,
    live,
    concerns: ({ teams }) => missing.current || teams.length > 0,
    gatherMs: 3000,
  })
  missing.current = false
  return (account) => {
    const name = loaded.value?.people[account]
    if (name === undefined && account !== 'server') missing.current = true
    return name ?? account
  }
}

function refusedText({ code, figures }: Refused, nameOf: (account: string) => string): string {
  const t = words.value
  const status = figures.status
  if (code === 'ZK-JUDGE-002' && typeof status === 'string' && status in t.statuses)
    return t.link.overruled(nameOf(String(figures.reviewedBy)), t.statuses[status as keyof typeof t.statuses])
  return t.link.refusedDecision(code)
}
