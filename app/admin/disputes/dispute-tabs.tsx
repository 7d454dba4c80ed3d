import { words } from './dispute-words.ts'

const tabs = ['protests', 'doubles', 'counts', 'times'] as const
export type DisputeTab = (typeof tabs)[number]

/** From one screen about decisions to the next. */
export function DisputeTabs({ current }: { current: DisputeTab }) {
  const t = words.value.tabs
  return (
    <nav class="tabs" aria-label={t.label}>
      {tabs.map((tab) => (
        <a key={tab} href={`/admin/disputes/${tab}`} aria-current={tab === current ? 'page' : undefined}>
          {t[tab]}
        </a>
      ))}
    </nav>
  )
}
