import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { words } from '../i18n/admin-words.ts'
import { said } from '../i18n/dictionary.ts'
import { count } from '../i18n/format.ts'
import { Button } from '../ui/button.tsx'
import { Icon } from '../ui/icon.tsx'
import { invitation } from '../ui/invitation-link.ts'
import { Pill } from '../ui/pill.tsx'
import { useDesk } from './desk/context.ts'
import { Navigation } from './navigation.tsx'

/** Head, navigation and the screen itself; on a phone the navigation folds into a menu. */
export function Shell({ children }: { children: ComponentChildren }) {
  const t = words.value
  const [open, setOpen] = useState(false)
  return (
    <div class="desk">
      <a class="skip" href="#main">
        {t.skip}
      </a>
      <Head menu={open} onMenu={() => setOpen(!open)} />
      <Navigation open={open} onChoose={() => setOpen(false)} />
      <main id="main" tabIndex={-1}>
        <LinkNotice />
        {children}
      </main>
    </div>
  )
}

function Head({ menu, onMenu }: { menu: boolean; onMenu: () => void }) {
  const t = words.value
  const { overview, live, decisions } = useDesk()
  const now = overview.value
  const state = live.state.value
  const waiting = decisions.waiting.value.length
  return (
    <header class="desk-head">
      <button type="button" class="button bare menu-button" aria-expanded={menu} aria-controls="nav" onClick={onMenu}>
        <Icon name="records" />
        <span class="hidden-text">{t.nav.menu}</span>
      </button>
      <b class="brand">zekken</b>
      {now ? <span class="event-name">{said(now.event.name)}</span> : null}
      {now ? <Pill tone={now.event.phase === 'running' ? 'ok' : 'quiet'}>{t.phases[now.event.phase]}</Pill> : null}
      <span class="grow" />
      <span class="head-figures">
        {now ? (
          <a href="/admin/devices">
            {t.nav.devices} <b>{t.overview.devicesOf(count(now.devices.recent), count(now.devices.total))}</b>
          </a>
        ) : null}
        {now?.photosAwaited ? (
          <span>
            {t.overview.photosAwaited} <b>{count(now.photosAwaited)}</b>
          </span>
        ) : null}
        {now?.problems ? (
          <a href="/admin/problems" class="pill warn">
            {t.nav.problems} {count(now.problems)}
          </a>
        ) : null}
      </span>
      <span class="link-state" role="status">
        <span class={`dot${state === 'live' ? '' : ' off'}`} />
        {state === 'live' ? t.link.live : state === 'connecting' ? t.link.connecting : t.link.offline}
        {waiting > 0 ? <b>{t.link.waiting(count(waiting))}</b> : null}
      </span>
    </header>
  )
}

/** What is safe and what to do next while the link is broken or the sign-in has ended. */
function LinkNotice() {
  const t = words.value.link
  const { desk, live } = useDesk()
  if (desk.session.state.value === 'expired')
    return (
      <div class="notice no" role="alert">
        <span class="grow">{t.expired}</span>
        <Button onClick={() => (invitation.value = '')}>{t.signIn}</Button>
      </div>
    )
  if (live.state.value !== 'offline') return null
  return (
    <div class="notice warn" role="status">
      <Icon name="offline" />
      <span class="grow">{t.offlineText}</span>
    </div>
  )
}
