import { useState } from 'preact/hooks'
import type { OfficeRole } from '../../../design-docs/applications.ts'
import type { EntryField } from '../../../design-docs/entry.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { words } from './applicant-words.ts'
import { Application, type ApplicationRow } from './application-row.tsx'
import type { Made } from './made-invitation.tsx'
import { officeRolesOffered } from './office-roles.ts'

type Applicant = {
  account: string
  issuer: string
  name: string
  mail: { address: string; verified: boolean } | null
  role: OfficeRole | null
}

type Listed = {
  applicants: Applicant[]
  applications: ApplicationRow[]
  applicationsInAll: number
  fields: EntryField[]
}

/** Those who ask for a role: who came by OpenID Connect, and who applied. Nothing while nobody does. */
export function ApplicantsPart({ onMade }: { onMade: (made: Made) => void }) {
  const t = words.value
  const { desk, live, who } = useDesk()
  const { value, reload } = useLoaded<Listed>(`/api/events/${who.event}/applicants`, {
    desk,
    live,
    concerns: () => false,
  })
  if (!value || value.applicants.length + value.applications.length === 0) return null
  return (
    <section class="sheet stack">
      <h2>{t.title}</h2>
      {value.applicants.length > 0 ? <p class="soft">{t.text}</p> : null}
      {value.applicationsInAll > value.applications.length ? (
        <p class="notice">{t.cut(count(value.applications.length), count(value.applicationsInAll))}</p>
      ) : null}
      <ul class="list">
        {value.applications.map((one) => (
          <li key={`${one.draft} ${one.state}`}>
            <Application one={one} fields={value.fields} onMade={onMade} onChanged={reload} />
          </li>
        ))}
        {value.applicants.map((one) => (
          <li key={one.account}>
            <Role applicant={one} />
          </li>
        ))}
      </ul>
      {value.applicants.length > 0 ? <p class="soft">{t.taken}</p> : null}
    </section>
  )
}

function Role({ applicant }: { applicant: Applicant }) {
  const t = words.value
  const { desk, who } = useDesk()
  const { account, name, mail, issuer } = applicant
  const [saved, setSaved] = useState(applicant.role)
  const [role, setRole] = useState(applicant.role)
  const [problem, setProblem] = useState<string | null>(null)
  const save = async () => {
    setProblem(null)
    const path = `/api/events/${who.event}/applicants/${encodeURIComponent(account)}`
    const answer = await desk.ask(path, { method: 'PUT', json: { role } })
    if (answer.kind === 'ok') setSaved(role)
    else
      setProblem(answer.kind === 'refused' ? common.value.failed.otherText(answer.code) : common.value.failed.offline)
  }
  return (
    <form
      class="stack grow"
      onSubmit={(submit) => {
        submit.preventDefault()
        void save()
      }}
    >
      <div>
        <b>{name}</b>
        <div class="soft">
          {mail ? `${mail.address}${mail.verified ? '' : ` (${t.unverified})`}, ` : ''}
          {issuer}
        </div>
      </div>
      <Field label={t.roleOf(name)} {...(problem ? { problem } : {})}>
        {(ids) => (
          <select
            {...ids}
            value={role ?? ''}
            onChange={({ currentTarget }) => setRole((currentTarget.value || null) as OfficeRole | null)}
          >
            <option value="">{t.none}</option>
            {officeRolesOffered.map((one) => (
              <option key={one} value={one}>
                {common.value.roles[one]}
              </option>
            ))}
          </select>
        )}
      </Field>
      <Button type="submit" disabled={role === saved} aria-label={t.saveOf(name)}>
        {t.save}
      </Button>
    </form>
  )
}
