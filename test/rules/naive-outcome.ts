import type { CheckinFact, Fact, FactOf, FactType, Member } from '../../design-docs/facts.ts'
import type { EventClass } from '../../design-docs/plan.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'

export type NaiveVerdict = { checkin: string; reasons: string[]; status: string; points: number; counts: boolean }
export type NaiveOutcome = {
  team: string
  name: string
  classIds: string[]
  verdicts: NaiveVerdict[]
  checkins: { total: number; confirmed: number }
  points: { confirmed: number; provisional: number; pending: number; penalty: number; adjustment: number; net: number }
  goalAt: number | null
  lateMinutes: Record<string, number>
  notPlaced: Record<string, string>
  declared: { startAt?: number }
}

/**
 * Judging and counting once more, as plainly as can be, with nothing taken from the rules: it asks the whole list for
 * everything, again and again. For teams with an entry and clocks that are right.
 */
export function naiveOutcome(all: readonly Fact[], { event, checkpoints }: RulesPlan): NaiveOutcome {
  const { rules } = event
  const undone = (fact: Fact): boolean =>
    all.some((v) => v.type === 'void' && v.fact === fact._id && fact.type !== 'void' && mayUndo(v, fact)) ||
    (fact.type === 'photo' && all.some((c) => c._id === fact.checkin && undone(c)))
  const facts = all
    .filter((fact) => !undone(fact))
    .sort((a, b) => (a.at === b.at ? (a._id > b._id ? 1 : -1) : a.at - b.at))
  const every = <T extends FactType>(type: T) => facts.filter((fact) => fact.type === type) as unknown as FactOf<T>[]
  const last = <T>(list: readonly T[]): T | undefined => list[list.length - 1]

  const entry = last(every('entry'))!
  const corrected = <T>(field: string, otherwise: T): T =>
    (last(every('correction').filter((one) => one.field === field))?.is as T | undefined) ?? otherwise
  const entered = corrected('classIds', entry.classIds)
  const members = corrected('members', entry.members)
  const ruling = last(every('ruling'))
  const retired = last(every('retire'))
  let ruledOutAt: number | null = null
  for (const { status, at } of every('ruling'))
    ruledOutAt = status === 'registered' || status === 'not-placed' ? null : (ruledOutAt ?? at)
  const declared = { start: null as number | null, finish: null as number | null }
  for (const { kind, is } of every('timing')) declared[kind] = is
  const out = [ruledOutAt, ...every('retire').map((one) => one.at)]
  const revoking = every('correction').filter((one) => one.field === 'revokedBibs')
  const reviewOf = (id: string) => last(every('review').filter((one) => one.checkin === id && one.as !== 'staff'))
  const photoOf = (id: string) => last(every('photo').filter((one) => one.checkin === id))
  const receivedAt = (id: string) => {
    const times = all.flatMap((one) => (one.type === 'arrival' && one.facts.includes(id) ? [one.receivedAt] : []))
    return times.length === 0 ? null : Math.min(...times)
  }

  const checkins = every('checkin')
  const found = new Map<CheckinFact, Set<string>>()
  for (const one of checkins) {
    const place = checkpoints.get(one.checkpoint)
    const says = new Set<string>()
    found.set(one, says)
    if (!place) says.add('unknown-checkpoint')
    if (place?.cancelled) says.add('cancelled-checkpoint')
    if (out.some((at) => at !== null && one.at >= at)) says.add('withdrawn')
    const isStart = place?.kind === 'start'
    const isGoal = place?.kind === 'goal'
    const starts = event.classes.filter((c) => entered.includes(c.id)).map((c) => c.startsAt)
    const tooEarly =
      declared.start !== null
        ? one.at < declared.start
        : one.at < event.startsAt || (starts.length > 0 && starts.every((at) => one.at < at))
    if (!isStart && tooEarly) says.add('outside-period')
    if (!isGoal && one.at > event.endsAt) says.add('outside-period')
    if (place?.opensAt && one.at < place.opensAt) says.add('outside-period')
    if (place?.closesAt && one.at > place.closesAt) says.add('outside-period')
    const team = one.as === 'participant'
    const received = receivedAt(one._id)
    if (isGoal && team && received !== null && received - one.at > 15 * 60_000) says.add('late-delivery')
    if (!team && one.method !== 'upload') {
      if (!one.verified) says.add('unverified')
      const named = last(revoking)?.is as number[] | undefined
      const first = revoking.find((r) => (r.is as number[]).includes(one.bibIssue!))
      if (named?.includes(one.bibIssue!) && first && one.at >= first.at) says.add('revoked-bib')
      continue
    }
    if (rules.requirePhoto && place?.kind === 'photo' && !photoOf(one._id)) says.add('no-photo')
    if (!one.position) says.add('no-position')
    else {
      if (one.position.accuracyMeters > rules.maxAccuracyMeters) says.add('low-accuracy')
      const metres = place ? Math.round(apart(one.position, place) * 10) / 10 : 0
      if (metres > (place?.radiusMeters ?? rules.radiusMeters)) says.add('too-far')
    }
  }

  const doubts = (says: Set<string>) => [...says].some((r) => r !== 'duplicate' && r !== 'cancelled-checkpoint')
  checkins.forEach((one, i) => {
    const place = checkpoints.get(one.checkpoint)
    const sure = checkins.slice(0, i).filter((c) => {
      const review = reviewOf(c._id)
      return checkpoints.has(c.checkpoint) && (review ? review.action === 'APPROVED' : !doubts(found.get(c)!))
    })
    const from = last(sure)
    if (!place || !from) return
    const there = checkpoints.get(from.checkpoint)!
    const metres =
      apart(there, place) - (there.radiusMeters ?? rules.radiusMeters) - (place.radiusMeters ?? rules.radiusMeters)
    const hours = (one.at - from.at) / 3_600_000
    if (metres > 0 && metres / 1000 > rules.maxSpeedKmh * hours + 1e-9 + 0.00005 * hours * 1000)
      found.get(one)!.add('too-fast')
  })

  const opened: CheckinFact[] = []
  for (const one of checkins) {
    const window = last(opened.filter((c) => c.checkpoint === one.checkpoint))
    const review = reviewOf(one._id)
    if (window && one.at - window.at < rules.duplicateMinutes * 60_000) found.get(one)!.add('duplicate')
    else if (review ? review.action === 'APPROVED' : found.get(one)!.size === 0) opened.push(one)
  }

  const statusOf = (one: CheckinFact): string => {
    const review = reviewOf(one._id)
    if (review) return review.action
    const says = found.get(one)!
    if (says.has('duplicate') || says.has('cancelled-checkpoint')) return 'REJECTED'
    if (says.size > 0) return 'PENDING'
    const unseen = one.as === 'participant' || one.method === 'upload'
    return unseen && !rules.autoApprove ? 'PENDING' : 'AUTO_APPROVED'
  }
  const bestAt = (number: string) => {
    for (const status of ['APPROVED', 'AUTO_APPROVED', 'PENDING', 'REJECTED']) {
      const hit = checkins.find((one) => one.checkpoint === number && statusOf(one) === status)
      if (hit) return hit
    }
    return undefined
  }
  const approved = (one: CheckinFact) => statusOf(one) === 'APPROVED' || statusOf(one) === 'AUTO_APPROVED'
  const goals = [...checkpoints.values()].filter((c) => c.kind === 'goal').map((c) => bestAt(c.number))
  const reached = goals.filter((one) => one !== undefined && approved(one)).map((one) => one!.at)
  const recordedGoal = reached.length > 0 ? Math.min(...reached) : null
  const goalAt = declared.finish === null ? recordedGoal : declared.finish
  for (const one of checkins) {
    const kind = checkpoints.get(one.checkpoint)?.kind
    if (goalAt !== null && one.at > goalAt && kind !== 'goal' && kind !== 'start') found.get(one)!.add('after-goal')
  }

  const worth = (number: string) => (checkpoints.get(number)?.cancelled ? 0 : (checkpoints.get(number)?.points ?? 0))
  const verdicts = checkins.map((one) => ({
    checkin: one._id,
    reasons: found.get(one)!.size ? [...found.get(one)!].sort() : ['ok'],
    status: statusOf(one),
    points: statusOf(one) === 'REJECTED' ? 0 : worth(one.checkpoint),
    counts: approved(one) && bestAt(one.checkpoint) === one,
  }))
  const visited = [...new Set(checkins.map((one) => one.checkpoint))]
  const sum = (status: string) => {
    let points = 0
    for (const number of visited) if (statusOf(bestAt(number)!) === status) points += worth(number)
    return points
  }
  const classIds = [...entered]
  const main = event.classes.find((c) => c.id === entered[0])
  for (const one of event.classes) {
    const asMain = main && one.startsAt === main.startsAt && one.limitMinutes === main.limitMinutes
    if (!classIds.includes(one.id) && asMain && fulfils(members, one.fits)) classIds.push(one.id)
  }
  const lateMinutes: Record<string, number> = {}
  for (const one of event.classes) {
    if (goalAt === null || !classIds.includes(one.id)) continue
    let minutes = 0
    const from = declared.start === null ? one.startsAt : declared.start
    while (from + (one.limitMinutes + minutes) * 60_000 < goalAt) minutes++
    lateMinutes[one.id] = minutes
  }
  const notPlaced: Record<string, string> = {}
  for (const id of classIds) {
    if ((lateMinutes[id] ?? 0) > rules.maxLateMinutes) notPlaced[id] = 'too-late'
    if (goalAt === null) notPlaced[id] = 'no-goal'
    if (ruling?.status === 'not-placed') notPlaced[id] = 'not-placed'
    if (retired) notPlaced[id] = 'retired'
    if (ruling?.status === 'withdrawn' || ruling?.status === 'disqualified') notPlaced[id] = ruling.status
  }
  const penalty = (lateMinutes[classIds[0]!] ?? 0) * rules.latePenaltyPerMinute
  let adjustment = 0
  for (const one of every('adjustment')) adjustment += one.points
  const [confirmed, provisional, pending] = [sum('APPROVED'), sum('AUTO_APPROVED'), sum('PENDING')]
  const points = {
    confirmed,
    provisional,
    pending,
    penalty,
    adjustment,
    net: confirmed + provisional - penalty + adjustment,
  }
  const team = { team: entry.team!, name: corrected('name', entry.name), classIds }
  const confirmedOnes = checkins.filter((one) => statusOf(one) === 'APPROVED').length
  const total = { total: checkins.length, confirmed: confirmedOnes }
  return {
    ...team,
    verdicts,
    checkins: total,
    points,
    goalAt,
    lateMinutes,
    notPlaced,
    declared: declared.start === null ? {} : { startAt: declared.start },
  }
}

/** Whether every condition that a class names is met; a class that names none takes nobody unasked. */
function fulfils(members: readonly Member[], fits: EventClass['fits']): boolean {
  if (fits === undefined || Object.values(fits).filter((one) => one !== undefined).length === 0) return false
  const women = members.filter((one) => one.gender === 'f').length
  const men = members.filter((one) => one.gender === 'm').length
  if (fits.minMembers !== undefined && members.length < fits.minMembers) return false
  if (fits.maxMembers !== undefined && members.length > fits.maxMembers) return false
  const asksAge = fits.minAge !== undefined || fits.maxAge !== undefined
  if (asksAge && members.length === 0) return false
  for (const { age } of members) {
    if (asksAge && age === undefined) return false
    if (fits.minAge !== undefined && age! < fits.minAge) return false
    if (fits.maxAge !== undefined && age! > fits.maxAge) return false
  }
  if (fits.gender === 'mixed') return women > 0 && men > 0
  if (fits.gender === 'all-f') return women > 0 && women === members.length
  if (fits.gender === 'all-m') return men > 0 && men === members.length
  return true
}

const mayUndo = (v: FactOf<'void'>, fact: Fact) => ['judge', 'admin'].includes(v.as) || v.by === fact.by

/** The angle between two directions from the middle of the earth, by their vectors. */
function apart(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  const vector = ({ lat, lng }: { lat: number; lng: number }) => {
    const [u, v] = [(lat / 180) * Math.PI, (lng / 180) * Math.PI]
    return [Math.cos(u) * Math.cos(v), Math.cos(u) * Math.sin(v), Math.sin(u)] as const
  }
  const [[x, y, z], [p, q, r]] = [vector(a), vector(b)]
  const cross = Math.hypot(y * r - z * q, z * p - x * r, x * q - y * p)
  return 6_371_008.8 * Math.atan2(cross, x * p + y * q + z * r)
}
