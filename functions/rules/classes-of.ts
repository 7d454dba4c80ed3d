import type { Member } from '../../design-docs/facts.ts'
import type { EventClass } from '../../design-docs/plan.ts'

type Entered = { classIds: readonly string[]; members: readonly Member[] }
type Conditions = NonNullable<EventClass['fits']>

/**
 * The classes that a team is ranked in: those it entered, its main class first, then every class with conditions that
 * its members meet and with the start and limit of the main class, as rogaining places a women's or veterans' team in
 * the open class too. An age or gender that is not known meets no condition.
 */
export function classesOf({ classIds, members }: Entered, classes: readonly EventClass[]): string[] {
  const main = classes.find(({ id }) => id === classIds[0])
  const others = classes.filter(
    ({ id, startsAt, limitMinutes, fits }) =>
      !classIds.includes(id) &&
      startsAt === main?.startsAt &&
      limitMinutes === main.limitMinutes &&
      fits !== undefined &&
      Object.keys(fits).length > 0 &&
      meets(members, fits),
  )
  return [...classIds, ...others.map(({ id }) => id)]
}

/** Whether a team of these members meets the conditions of a class. */
export function meets(members: readonly Member[], conditions: Conditions): boolean {
  const { minMembers = 0, maxMembers = Number.POSITIVE_INFINITY, minAge, maxAge, gender } = conditions
  if (members.length < minMembers || members.length > maxMembers) return false
  const isOfAge = ({ age }: Member) => age !== undefined && age >= (minAge ?? 0) && age <= (maxAge ?? age)
  if ((minAge !== undefined || maxAge !== undefined) && !(members.length > 0 && members.every(isOfAge))) return false
  return gender === undefined || meetsGender(members, gender)
}

function meetsGender(members: readonly Member[], wanted: NonNullable<Conditions['gender']>): boolean {
  const has = (gender: Member['gender']) => members.some((member) => member.gender === gender)
  if (wanted === 'mixed') return has('f') && has('m')
  return members.length > 0 && members.every(({ gender }) => gender === (wanted === 'all-f' ? 'f' : 'm'))
}
