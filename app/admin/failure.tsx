import type { ComponentChildren } from 'preact'
import { useEffect } from 'preact/hooks'
import { words } from '../i18n/admin-words.ts'
import { Button } from '../ui/button.tsx'
import { State } from '../ui/state.tsx'
import type { Loaded } from './desk/use-loaded.ts'

type Props<T> = { loaded: Loaded<T>; children: (value: T) => ComponentChildren }

/** What was loaded; until then that it is on its way, or why it is not there and what to do. */
export function Shown<T>({ loaded, children }: Props<T>) {
  const t = words.value
  if (loaded.value !== null) return children(loaded.value)
  if (loaded.failure === null)
    return (
      <p class="loading" role="status">
        {t.loading}
      </p>
    )
  return <Failure loaded={loaded} />
}

function Failure<T>({ loaded: { failure, reload } }: { loaded: Loaded<T> }) {
  const t = words.value.failed
  const away = failure?.kind !== 'refused'
  useEffect(() => {
    if (!away) return
    const timer = setInterval(reload, 5000)
    return () => clearInterval(timer)
  }, [away, reload])
  if (away) return <State icon="offline" title={t.offline} text={t.offlineText} />
  if (failure.status === 404) return <State icon="question" title={t.missing} text={t.missingText} />
  if (failure.code === 'ZK-AUTH-002') return <State icon="cross" title={t.notAllowed} text={t.notAllowedText} />
  return (
    <State icon="attention" title={t.other} text={t.otherText(failure.code)}>
      <Button onClick={reload}>{words.value.retry}</Button>
    </State>
  )
}
