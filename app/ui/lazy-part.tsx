import type { ComponentType, FunctionComponent } from 'preact'
import { lazy } from 'preact-iso'
import { dictionary } from '../i18n/dictionary.ts'
import { Button } from './button.tsx'
import { State } from './state.tsx'

const words = dictionary({
  ja: {
    title: 'この画面はまだこの端末にありません',
    text: '通信できる場所で読み込み直してください。記録は端末に残っています。',
    reload: '読み込み直す',
  },
  en: {
    title: 'This screen is not on this device yet',
    text: 'Reload where there is a connection. Your records are kept on the device.',
    reload: 'Reload',
  },
})

/**
 * A part of an app that comes when it is first shown. Where it cannot be had, for want of a network or because a newer
 * version has replaced it on the server, its place says so, or shows what is given for that; `lazy` alone would leave it
 * blank for ever.
 */
export const lazyPart = <P,>(load: () => Promise<ComponentType<P>>, missing: FunctionComponent<P> = NotLoaded) =>
  lazy((): Promise<ComponentType<P>> => load().catch(() => missing))

/** A browser does not fetch a module again that it failed to get, so that only another page load helps. */
function NotLoaded() {
  const t = words.value
  return (
    <State icon="offline" title={t.title} text={t.text}>
      <Button kind="main" onClick={() => location.reload()}>
        {t.reload}
      </Button>
    </State>
  )
}
