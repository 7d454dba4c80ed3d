import type { ComponentChildren } from 'preact'
import { useErrorBoundary } from 'preact/hooks'
import { LocationProvider } from 'preact-iso'
import { Button } from './button.tsx'
import { State } from './state.tsx'

type FrameWords = { skip: string; retry: string; failed: Record<'title' | 'text' | 'reload', string> }
type FrameProps = {
  /** The path under which all screens of the app live. */
  scope: string | RegExp
  words: FrameWords
  children: ComponentChildren
}

/** What stands around every app for one hand: its paths, the way past the strip, and a way out of a fault. */
export function AppFrame({ scope, words, children }: FrameProps) {
  const [error, reset] = useErrorBoundary()
  return (
    <LocationProvider scope={scope}>
      <a class="skip" href="#main">
        {words.skip}
      </a>
      {error ? <Broken words={words} onReset={reset} /> : children}
    </LocationProvider>
  )
}

/** A fault of the app itself. What was recorded or received is in the database and not in what broke. */
function Broken({ words: { failed: t, retry }, onReset }: { words: FrameWords; onReset: () => void }) {
  return (
    <main id="main" class="screen">
      <State icon="attention" title={t.title} text={t.text}>
        <Button kind="main" onClick={() => location.reload()}>
          {t.reload}
        </Button>
        <Button wide onClick={onReset}>
          {retry}
        </Button>
      </State>
    </main>
  )
}
