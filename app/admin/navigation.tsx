import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import { words } from '../i18n/admin-words.ts'
import { count } from '../i18n/format.ts'
import { Icon } from '../ui/icon.tsx'
import { Pill } from '../ui/pill.tsx'
import { useDesk } from './desk/context.ts'
import { places } from './places.ts'
import { SettingsDialog } from './settings-dialog.tsx'

/** The console's screens by what they are for, what waits in them, and who sits here. */
export function Navigation({ open, onChoose }: { open: boolean; onChoose: () => void }) {
  const t = words.value.nav
  const { path } = useLocation()
  const { overview, who } = useDesk()
  const [settings, setSettings] = useState(false)
  const now = overview.value
  const waiting: Partial<Record<string, number>> = {
    review: now?.checkins.byStatus.PENDING ?? 0,
    chat: now?.unreadMessages ?? 0,
    problems: now?.problems ?? 0,
  }
  return (
    <nav id="nav" class={`desk-nav${open ? ' open' : ''}`} aria-label={t.label}>
      {places.map(({ group, places: all }) => (
        <section key={group} class="nav-group" aria-label={t.groups[group]}>
          <p aria-hidden="true">{t.groups[group]}</p>
          {all
            .filter(({ roles }) => !roles || roles.includes(who.role))
            .map(({ path: to, name, icon }) => {
              const current = to === '/admin/' ? /^\/admin\/?$/.test(path) : path.startsWith(to)
              const many = waiting[name] ?? 0
              return (
                <a key={name} href={to} aria-current={current ? 'page' : undefined} onClick={onChoose}>
                  <Icon name={icon} />
                  <span class="grow">{t[name]}</span>
                  {many > 0 ? <Pill tone={name === 'problems' ? 'warn' : 'wait'}>{count(many)}</Pill> : null}
                </a>
              )
            })}
        </section>
      ))}
      <span class="grow" />
      <button type="button" class="who" onClick={() => setSettings(true)}>
        <span class="grow">
          <b>{who.name}</b>
          <span class="soft">{words.value.roles[who.role]}</span>
        </span>
        <Icon name="settings" />
        <span class="hidden-text">{words.value.settings.title}</span>
      </button>
      {settings ? <SettingsDialog onClose={() => setSettings(false)} /> : null}
    </nav>
  )
}
