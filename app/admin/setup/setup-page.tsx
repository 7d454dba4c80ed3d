import { setupWords } from '../../i18n/setup-words.ts'
import { lazyPart } from '../../ui/lazy-part.tsx'
import { useDesk } from '../desk/context.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { CheckpointsPart } from './checkpoints-part.tsx'
import { ClassesPart } from './classes-part.tsx'
import { EventPart } from './event-part.tsx'
import { RulesPart } from './rules-part.tsx'
import { usePlan } from './use-plan.ts'

const ImportsPart = lazyPart(() => import('./imports-part.tsx').then((file) => file.ImportsPart))

const MenusPart = lazyPart(() => import('./menus-part.tsx').then((file) => file.MenusPart))

const SettingsPart = lazyPart(() => import('./settings-part.tsx').then((file) => file.SettingsPart))

const EntryPart = lazyPart(() => import('./entry-part.tsx').then((file) => file.EntryPart))

const parts = ['event', 'classes', 'rules', 'entry', 'checkpoints', 'imports', 'menus', 'settings'] as const

/** The plan in forms, a part at a time; nothing is saved before its effect on the scores has been seen. */
export function SetupPage({ part }: { part?: string }) {
  const t = setupWords.value
  const { who } = useDesk()
  const plan = usePlan()
  const chosen = parts.find((one) => one === part) ?? 'event'
  return (
    <Page title={t.title}>
      <nav class="tabs" aria-label={t.title}>
        {parts.map((one) => (
          <a key={one} href={`/admin/setup/${one}`} aria-current={one === chosen ? 'page' : undefined}>
            {t.parts[one]}
          </a>
        ))}
      </nav>
      {who.role === 'admin' ? null : <p class="notice">{t.readOnly}</p>}
      <Shown loaded={plan}>
        {(value) => (
          <fieldset class="plan-fields" disabled={who.role !== 'admin'}>
            {value.event.rankingFrozenAt === undefined ? null : <p class="notice warn">{t.frozen}</p>}
            {chosen === 'event' ? <EventPart plan={value} onSaved={plan.reload} /> : null}
            {chosen === 'classes' ? <ClassesPart plan={value} onSaved={plan.reload} /> : null}
            {chosen === 'rules' ? <RulesPart plan={value} onSaved={plan.reload} /> : null}
            {chosen === 'entry' ? <EntryPart plan={value} onSaved={plan.reload} /> : null}
            {chosen === 'checkpoints' ? <CheckpointsPart plan={value} onSaved={plan.reload} /> : null}
            {chosen === 'menus' ? <MenusPart /> : null}
            {chosen === 'settings' ? <SettingsPart /> : null}
            {chosen === 'imports' ? <ImportsPart onDone={plan.reload} /> : null}
          </fieldset>
        )}
      </Shown>
    </Page>
  )
}
