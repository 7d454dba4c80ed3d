import type { ComponentChildren } from 'preact'
import { said } from '../../i18n/dictionary.ts'
import { words } from '../../i18n/entry-words.ts'
import { Screen } from '../../ui/screen.tsx'
import type { FormPage } from './entry-api.ts'

type Props = { title: string; event?: Pick<FormPage['event'], 'name'> | undefined; children: ComponentChildren }

/** A screen of an entry: what it is, under the name of the event. */
export function EntryPage({ title, event, children }: Props) {
  return (
    <Screen title={title} backLabel={words.value.cancel}>
      {event ? <p class="event-name">{said(event.name)}</p> : null}
      {children}
    </Screen>
  )
}
