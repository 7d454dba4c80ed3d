import type { FormPage } from './entry-api.ts'
import { useEntryTools } from './entry-context.ts'
import { useKeptPage } from './use-kept-page.ts'

/** Timers take no more than 31 bits. */
const longestMs = 3_600_000

/** The form of an event, kept while it is open; asked for again when it opens. */
export function useFormPage(event: string) {
  const { api, ports, now } = useEntryTools()
  /** Phones that wait for the same minute do not all come in the same second. */
  const untilOpen = ({ form }: FormPage) =>
    Math.min(longestMs, Math.max(0, (form.opensAt ?? 0) - now()) + 500 + ports.random.fraction() * 3_000)
  return useKeptPage<FormPage>({
    name: `zekken.entry-form.${event}`,
    ask: () => api.form(event),
    againMs: (page) => (page.state === 'not-yet' ? untilOpen(page) : null),
  })
}
