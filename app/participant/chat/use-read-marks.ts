import { useEffect, useRef, useState } from 'preact/hooks'
import { useOwnTeam } from '../own-team.ts'

/** As many as one fact may name. */
const mostAtOnce = 200

/** Marks what headquarters said as read while this screen is looked at; one mark for all that is new. */
export function useReadMarks(team: string): void {
  const { store, unreadMessages } = useOwnTeam()
  const [visible, setVisible] = useState(document.visibilityState === 'visible')
  const marking = useRef(false)
  useEffect(() => {
    const look = () => setVisible(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  const unread = unreadMessages.value.filter((one) => one.team === team).map(({ fact }) => fact)
  useEffect(() => {
    if (!visible || unread.length === 0 || marking.current) return
    marking.current = true
    store.outbox.append({ type: 'read', team, messages: unread.slice(0, mostAtOnce) }).then(
      () => {
        marking.current = false
      },
      () => {
        // No room on this phone: they stay unread, which is the truth for everybody else.
        marking.current = false
      },
    )
  }, [visible, unread.join()])
}
