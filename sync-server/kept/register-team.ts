import { createHash } from 'node:crypto'
import { databaseName } from '../../design-docs/databases.ts'
import type { TeamDoc } from '../../design-docs/derived.ts'
import type { CheckedEntry } from '../../design-docs/entry.ts'
import { AppError } from '../../design-docs/errors.ts'
import { ulid } from '../../design-docs/ids.ts'
import type { RegisterTeamRequest } from '../../design-docs/kept.ts'
import { type EventClass, event as eventSchema } from '../../design-docs/plan.ts'
import { meets } from '../../functions/rules/classes-of.ts'
import { tidyText } from '../../functions/rules/entry-names.ts'
import type { BadEntryField } from '../../functions/rules/entry-problems.ts'
import { checkText } from '../../functions/rules/entry-texts.ts'
import type { NumberClaims } from '../entry/claim-number.ts'
import { type EntryPlan, entryPlan } from '../entry/entry-plan.ts'
import { registerEntry } from '../entry/register-entry.ts'
import type { Installation } from '../login/installation.ts'
import { folded } from '../results/table-columns.ts'
import { knownTeam } from './known-team.ts'

export type Registration = {
  claims: NumberClaims
  /** Makes the password that was sent the team's. */
  setPassword(asked: { event: string; team: string; password: string; by: string }): Promise<void>
  /** The account that asks. */
  by: string
}
export type Registered = { number: string; was: 'known' | 'new' }

/**
 * Enters a team under the number that its organizers have given it, through the doors of the entry form, while entries
 * are open. A team that is there already stays as it is; another one under its number is refused. Sent again, it does
 * what is missing and nothing twice.
 */
export async function registerTeam(
  it: Installation,
  asked: RegisterTeamRequest,
  { claims, setPassword, by }: Registration,
): Promise<Registered> {
  const { event_code: event, zekken_number: number, password } = asked
  const known = await knownTeam(it.couch, event, number)
  if (known) demandSame(asked, known, await eventClasses(it, event))
  else await enter(it, asked, claims)
  if (password) await setPassword({ event, team: number, password, by })
  return { number, was: known ? 'known' : 'new' }
}

async function eventClasses(it: Installation, event: string): Promise<EventClass[]> {
  const doc = await it.couch.database(databaseName(event, 'desk')).get('event')
  return doc ? eventSchema.parse(doc).classes : []
}

/** Whoever registers a team that is there already must mean that team: its name and one of its classes. */
function demandSame(asked: RegisterTeamRequest, known: TeamDoc, classes: readonly EventClass[]): void {
  if (known.status === 'withdrawn') throw new AppError('ZK-ENTRY-005')
  const one = classNamed(asked.class_name, classes)
  if (!one) throw new AppError('ZK-ENTRY-003', { figures: { fields: [{ field: 'class_name', problem: 'class' }] } })
  const isNamed = tidyText(asked.team_name) === tidyText(known.name)
  if (isNamed && known.classIds.includes(one.id)) return
  const field = isNamed ? 'class_name' : 'team_name'
  throw new AppError('ZK-ENTRY-006', { figures: { fields: [{ field, problem: 'another' }] } })
}

async function enter(it: Installation, asked: RegisterTeamRequest, claims: NumberClaims): Promise<void> {
  const { event_code: event, zekken_number: number } = asked
  const plan = await entryPlan(it, event)
  if (plan?.state !== 'open') throw new AppError('ZK-ENTRY-001', { figures: { state: plan?.state ?? 'closed' } })
  const entry = entryOf(asked, plan)
  const { maxTeams } = plan.form
  const claim = (of: string, draft: string) => claims.take(of, draft, { number, maxTeams })
  // The same number always has the same draft, so that a request sent twice, or at once, is one entry.
  const draft = ulid(0, createHash('sha256').update(`kept:${event}:${number}`).digest())
  await registerEntry(it, plan, {
    application: { draft, entry, language: 'ja', wantsCopy: false },
    claims: { claim },
  })
}

/** A registration names no members: as many places as were asked for, to be named at the reception. */
function entryOf(asked: RegisterTeamRequest, { event, form }: EntryPlan): CheckedEntry {
  const bad: BadEntryField[] = []
  const note = (field: string, problem: BadEntryField['problem']) => void bad.push({ field, problem })
  const name = checkText(tidyText(asked.team_name), 'team_name', { required: true, max: 120, note })
  const one = classNamed(asked.class_name, event.classes)
  const isOpen = one !== undefined && (form.classIds?.includes(one.id) ?? true)
  const members = Array.from({ length: asked.member_count }, (_, n) => ({ id: `m${n + 1}`, name: `メンバー${n + 1}` }))
  if (!isOpen) note('class_name', 'class')
  else {
    const { minMembers, maxMembers } = one.fits ?? {}
    const bounds = { ...(minMembers && { minMembers }), ...(maxMembers && { maxMembers }) }
    if (!meets(members, bounds)) note('class_name', 'class-conditions')
  }
  if (members.length < form.members.min) note('member_count', 'too-few')
  if (members.length > form.members.max) note('member_count', 'too-many')
  if (bad.length > 0) throw new AppError('ZK-ENTRY-003', { figures: { fields: bad } })
  const nobody = { mail: '', answers: {}, memberAnswers: {}, consents: [] }
  return { name, classIds: one ? [one.id] : [], members, ...nobody }
}

/** By id or by name in either language; width, case and spaces make no difference. */
const classNamed = (text: string, classes: readonly EventClass[]) =>
  classes.find(({ id, name }) => [id, name.ja, name.en].some((known) => folded(known) === folded(text)))
