import { useEffect, useState } from 'preact/hooks'
import type { ThreadList } from '../../../design-docs/console.ts'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'

/** A pause in the typing. */
const restMs = 300

/** Teams in whose thread these words were said, asked for once the typing rests; none until the server has looked. */
export function useSaidWords(words: string): ReadonlySet<string> {
  const { desk, live, who } = useDesk()
  const [asked, setAsked] = useState('')
  useEffect(() => {
    const timer = setTimeout(() => setAsked(words.trim()), restMs)
    return () => clearTimeout(timer)
  }, [words])
  const isAsked = asked !== '' && asked === words.trim()
  const path = `/api/events/${who.event}/threads?words=${encodeURIComponent(asked)}`
  const loaded = useLoaded<ThreadList>(isAsked ? path : null, {
    desk,
    live,
    concerns: ({ threads }) => threads.length > 0,
  })
  return new Set(isAsked ? loaded.value?.threads.map(({ team }) => team) : [])
}
