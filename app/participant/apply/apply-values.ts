import type { ApplicationDraft } from '../../../design-docs/applications.ts'

/** What stands in the inputs, as written. */
export type ApplyValues = ApplicationDraft

export const emptyApplication: ApplyValues = { name: '', kana: '', mail: '', wish: 'staff', about: '', consent: false }

/** Where drafts of applications lie, apart from those of teams: no event's code has a plus sign. */
export const applyShelfName = (event: string) => `${event}+staff`
