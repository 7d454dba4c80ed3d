import type { Card, Points } from '../../design-docs/derived.ts'

/** A card of a team in class `a` that has done nothing yet, but for the changes. */
export function cardDoc(
  team: string,
  changes: Partial<Omit<Card, 'points'>> & { points?: Partial<Points> } = {},
): Card {
  return {
    _id: `card:${team}`,
    type: 'card',
    event: 'demo',
    team,
    name: `Team ${team}`,
    classIds: ['a'],
    members: [],
    status: 'registered',
    bibIssue: 1,
    revokedBibs: [],
    reception: null,
    retired: null,
    help: null,
    portrait: null,
    checkpoints: [],
    lines: [],
    checkins: { total: 0, confirmed: 0, provisional: 0, pending: 0, rejected: 0 },
    startAt: null,
    goalAt: null,
    lateMinutes: {},
    notPlaced: {},
    lastSeen: null,
    takenIn: '',
    ...changes,
    points: { confirmed: 0, provisional: 0, pending: 0, penalty: 0, adjustment: 0, net: 0, ...changes.points },
  }
}
