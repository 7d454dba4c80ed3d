import type { Ranking, RankingRow } from '../../design-docs/derived.ts'
import type { PlanDifference, RankingChange, ScoringPlan } from '../../design-docs/rankings.ts'

/** The teams whose place, points or reason not to be placed differ, in the order of the later ranking, those gone last. */
export function compareRankings(classId: string, before: Ranking | null, after: Ranking | null): RankingChange[] {
  const earlier = new Map(before?.rows.map((row) => [row.team, row]))
  const later = new Set(after?.rows.map(({ team }) => team))
  const changes = (after?.rows ?? []).flatMap((row): RankingChange[] => {
    const old = earlier.get(row.team)
    if (old && old.place === row.place && old.net === row.net && old.notPlaced === row.notPlaced) return []
    const { team, name } = row
    return [{ classId, team, name, before: old ? told(old) : null, after: told(row) }]
  })
  const gone = (before?.rows ?? []).filter(({ team }) => !later.has(team))
  return [
    ...changes,
    ...gone.map((row) => ({ classId, team: row.team, name: row.name, before: told(row), after: null })),
  ]
}

const told = ({ place, net, notPlaced }: RankingRow) => ({ place, net, ...(notPlaced && { notPlaced }) })

/** Whether a team's points, or whether it is placed at all, moved by its own doing; others only made room. */
export const movedByItself = ({ before, after }: RankingChange) =>
  before?.net !== after?.net || before?.notPlaced !== after?.notPlaced

/** Every figure of the plan that moves points and places and is another one now. */
export function comparePlans(before: ScoringPlan, after: ScoringPlan): PlanDifference[] {
  const { rules, classes, checkpoints, ...hours } = before
  const { rules: laterRules, classes: laterClasses, checkpoints: laterCheckpoints, ...laterHours } = after
  return [
    ...differences('event', hours, laterHours),
    ...differences('rules', rules, laterRules),
    ...ofEach('class', byKey(classes, 'id'), byKey(laterClasses, 'id')),
    ...ofEach('checkpoint', byKey(checkpoints, 'number'), byKey(laterCheckpoints, 'number')),
  ]
}

type Fields = Record<string, unknown>
const byKey = <T extends object>(list: readonly T[], key: keyof T) =>
  new Map(list.map((one) => [String(one[key]), flat(one)]))

/** One level: the conditions of a class lie beside its hours, as `fits.minAge`. */
function flat(one: object): Fields {
  const fields = Object.entries(one).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).map(([inner, figure]) => [`${name}.${inner}`, figure] as const)
      : [[name, value] as const],
  )
  return Object.fromEntries(fields)
}

function ofEach(of: PlanDifference['of'], before: Map<string, Fields>, after: Map<string, Fields>): PlanDifference[] {
  const ids = [...new Set([...before.keys(), ...after.keys()])].sort()
  return ids.flatMap((id) => {
    const [old, now] = [before.get(id), after.get(id)]
    if (!old || !now) return [{ of, id, field: '', before: old ? true : null, after: now ? true : null }]
    return differences(of, old, now).map((difference) => ({ ...difference, id }))
  })
}

function differences(of: PlanDifference['of'], before: Fields, after: Fields): PlanDifference[] {
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()
  return fields.flatMap((field) => {
    const [old, now] = [figureOf(before[field]), figureOf(after[field])]
    return old === now ? [] : [{ of, field, before: old, after: now }]
  })
}

const figureOf = (value: unknown) =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null
