import { expect, test } from 'vitest'
import { whatChanged } from '../../app/participant/what-changed.ts'
import type { Card, CardRow } from '../../design-docs/derived.ts'

const row = (checkpoint: string, status: CardRow['status'], points = 10): CardRow => ({
  checkpoint,
  checkin: `128:checkin:${checkpoint}`,
  at: 1_000,
  status,
  points,
  reasons: status === 'PENDING' ? ['too-far'] : ['ok'],
  device: 'phone0001',
  by: 'someone',
})
const card = (checkpoints: CardRow[], net: number, more: Partial<Card> = {}): Card => ({
  _id: 'card:128',
  type: 'card',
  event: 'trial',
  team: '128',
  name: '里山ハイカーズ',
  classIds: ['three'],
  members: [{ id: 'm1', name: '髙﨑\u3000美咲' }],
  status: 'registered',
  bibIssue: 1,
  revokedBibs: [],
  reception: null,
  retired: null,
  help: null,
  portrait: null,
  checkpoints,
  points: { confirmed: 0, provisional: net, pending: 0, penalty: 0, adjustment: 0, net },
  lines: [],
  checkins: { total: checkpoints.length, confirmed: 0, provisional: 0, pending: 0, rejected: 0 },
  startAt: null,
  goalAt: null,
  lateMinutes: {},
  notPlaced: {},
  lastSeen: null,
  takenIn: '',
  ...more,
})
const before = card([row('34', 'AUTO_APPROVED'), row('18', 'PENDING')], 10)

test('a copy that merely arrived anew changes nothing', () => {
  expect(whatChanged(before, structuredClone(before))).toEqual([])
})

test('a decision changes its own row and the total, no other row', () => {
  const after = card([row('34', 'AUTO_APPROVED'), row('18', 'APPROVED')], 20)
  expect(whatChanged(before, after)).toEqual(['row:18', 'net'])
})

test('a new checkpoint is a changed row; one that was taken back leaves only the total changed', () => {
  expect(whatChanged(before, card([...before.checkpoints, row('9', 'PENDING')], 10))).toEqual(['row:9'])
  expect(whatChanged(before, card([row('18', 'PENDING')], 0))).toEqual(['net'])
})

test('a comment, an adjustment and a reception each show where they belong', () => {
  const [first, second] = before.checkpoints
  const commented = card([first!, { ...second!, comment: '写っていません' }], 10)
  expect(whatChanged(before, commented)).toEqual(['row:18'])
  const adjusted = card(before.checkpoints, 20, { lines: [{ kind: 'adjustment', points: 10, reason: '手伝い' }] })
  expect(whatChanged(before, adjusted)).toEqual(['net', 'lines'])
  const received = { at: 5, arrived: ['m1'], feePaid: true, device: 'phone0001', by: 'someone' }
  expect(whatChanged(before, card(before.checkpoints, 10, { reception: received }))).toEqual(['members'])
})
