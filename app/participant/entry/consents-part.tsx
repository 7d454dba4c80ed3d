import { useId } from 'preact/hooks'
import type { EntryConsent } from '../../../design-docs/entry.ts'
import { said } from '../../i18n/dictionary.ts'
import { words } from '../../i18n/entry-words.ts'
import { longDay } from '../../i18n/long-day.ts'
import { consentsToShow } from './shown-problems.ts'
import type { FormTools } from './use-entry-form.ts'

/** What has to be agreed to; guardians are asked when a member is young enough. */
export function ConsentsPart({ tools }: { tools: FormTools }) {
  const t = words.value
  const consents = consentsToShow(tools.values, tools.page.form)
  const { retention, event } = tools.page
  if (consents.length === 0 && retention === undefined) return null
  return (
    <section class="sheet stack">
      <h2>{t.consents}</h2>
      {retention === undefined ? null : <p>{t.keptUntil(longDay(retention, event.timeZone))}</p>}
      {consents.map((one) => (
        <Consent key={one.id} tools={tools} consent={one} />
      ))}
    </section>
  )
}

function Consent({ tools, consent: { id, text, required, untilAge } }: { tools: FormTools; consent: EntryConsent }) {
  const t = words.value
  const about = useId()
  const given = tools.values.consents
  const problem = tools.problem(`consents.${id}`)
  return (
    <div class="consent">
      <div id={about}>
        {untilAge === undefined ? null : <p class="soft">{t.guardian(untilAge)}</p>}
        <p class="consent-text">{said(text)}</p>
        {problem ? (
          <p class="problem" role="alert">
            {problem}
          </p>
        ) : null}
      </div>
      <label class="tick">
        <input
          type="checkbox"
          checked={given.includes(id)}
          aria-describedby={about}
          aria-invalid={problem !== undefined}
          aria-required={required}
          onChange={({ currentTarget: { checked } }) =>
            tools.change({ consents: [...given.filter((one) => one !== id), ...(checked ? [id] : [])] })
          }
          onBlur={() => tools.leave(`consents.${id}`)}
        />
        <span class="grow">{required ? t.agree : t.optional(t.agree)}</span>
      </label>
    </div>
  )
}
