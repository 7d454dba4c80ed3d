import { useEffect, useRef, useState } from 'preact/hooks'
import type { ThreadPage } from '../../../design-docs/console.ts'
import { sideOf } from '../../../functions/rules/side-of.ts'
import { useDesk } from '../desk/context.ts'

/** As many as one fact may name. */
const mostAtOnce = 200

/** Marks the team's messages as read while they are on screen, each once. */
export function useMarkRead({ thread: { team }, messages }: ThreadPage): void {
  const { decisions } = useDesk()
  const marked = useRef(new Set<string>())
  const [visible, setVisible] = useState(document.visibilityState === 'visible')
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  const unread = messages
    .filter(({ as, readAt, fact }) => sideOf(as) === 'team' && readAt === undefined && !marked.current.has(fact))
    .map(({ fact }) => fact)
    .slice(0, mostAtOnce)
  useEffect(() => {
    if (!visible || unread.length === 0) return
    for (const fact of unread) marked.current.add(fact)
    decisions.decide({ kind: 'read', team, messages: unread })
  }, [visible, unread.join()])
}
