import type { ApplicationDraft } from '../../../design-docs/applications.ts'
import type { CheckedEntry, EntryDraft, EntryField, EntryForm } from '../../../design-docs/entry.ts'
import type { EventClass } from '../../../design-docs/plan.ts'
import type { Words } from '../../../design-docs/primitives.ts'
import type { BadEntryField } from '../../../functions/rules/entry-problems.ts'
import type { Language } from '../../i18n/language.ts'
import type { Answer, Http } from '../../store/http.ts'

/** What an event asks of those who enter, and whether they can. */
export type FormPage = {
  event: { code: string; name: Words; timeZone: string; startsAt: number; endsAt: number }
  /** When what is filled in is to be deleted. */
  retention?: number
  state: 'not-yet' | 'open' | 'closed'
  form: EntryForm
  classes: EventClass[]
}
/** The event and whether people can apply as its staff. */
export type StaffPage = {
  event: { code: string; name: Words; timeZone: string; startsAt: number }
  state: 'open' | 'closed'
  memberNames: 'full' | 'single'
  fields: EntryField[]
}
export type StaffApplication = { draft: string; application: ApplicationDraft; language: Language }
/** An entry as the server has it. */
export type EntryPage = {
  number: string
  /** What a link to the entry carries. */
  editToken: string
  entry: CheckedEntry
  enteredAt: number
  changedAt: number
  withdrawnAt?: number
}
export type Application = { draft: string; entry: EntryDraft; language: Language }
export type EntryKey = { event: string; draft: string; token: string }

/** Why the server took nothing. `fields` may name parts of the form. */
export type Refusal = { code: string; fields: readonly BadEntryField[] }
/** What came of asking once; `waiting` is worth another try as it is. */
export type Attempt<T> =
  | { result: 'done'; value: T }
  | { result: 'waiting'; why: 'offline' | 'busy'; afterMs: number | null }
  | { result: 'refused'; refusal: Refusal }

export type EntryApi = {
  form(event: string): Promise<Attempt<FormPage>>
  enter(event: string, application: Application): Promise<Attempt<EntryPage>>
  look(key: EntryKey): Promise<Attempt<EntryPage>>
  edit(key: EntryKey, entry: EntryDraft): Promise<Attempt<EntryPage>>
  withdraw(key: EntryKey): Promise<Attempt<EntryPage>>
  staffForm(event: string): Promise<Attempt<StaffPage>>
  apply(event: string, application: StaffApplication): Promise<Attempt<{ received: true }>>
}

/** The server's side of an entry, as the form sees it. */
export function createEntryApi(http: Http): EntryApi {
  const pathOf = (event: string) => `/api/events/${encodeURIComponent(event)}`
  const ofEntry = async ({ event, draft, token }: EntryKey, ask: Parameters<Http>[1]) => {
    const path = `${pathOf(event)}/entries/${encodeURIComponent(draft)}`
    return attempt<EntryPage>(await http(path, { ...ask, headers: { authorization: `Entry ${token}` } }))
  }
  return {
    form: async (event) => attempt(await http(`${pathOf(event)}/entry-form`)),
    enter: async (event, json) => attempt(await http(`${pathOf(event)}/entries`, { method: 'POST', json })),
    look: (key) => ofEntry(key, {}),
    edit: (key, json) => ofEntry(key, { method: 'PUT', json }),
    staffForm: async (event) => attempt(await http(`${pathOf(event)}/staff-form`)),
    apply: async (event, json) => attempt(await http(`${pathOf(event)}/applications`, { method: 'POST', json })),
    withdraw: (key) => ofEntry(key, { method: 'DELETE' }),
  }
}

function attempt<T>(answer: Answer): Attempt<T> {
  switch (answer.kind) {
    case 'ok':
      return { result: 'done', value: answer.body as T }
    case 'refused':
      return { result: 'refused', refusal: { code: answer.code, fields: fieldsIn(answer.figures) } }
    case 'busy':
      return { result: 'waiting', why: 'busy', afterMs: answer.retryAfterMs }
    default:
      return { result: 'waiting', why: 'offline', afterMs: null }
  }
}

/** Fields are named as the form names them; the server's own schema puts the entry before them. */
function fieldsIn({ fields }: Record<string, unknown>): BadEntryField[] {
  if (!Array.isArray(fields)) return []
  return (fields as BadEntryField[]).map(({ field, problem }) => ({
    field: field.replace(/^(?:entry|application)\./, ''),
    problem,
  }))
}
