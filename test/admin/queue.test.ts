import { describe, expect, it } from 'vitest'
import { belongs, mergeItems } from '../../app/admin/review/queue-items.ts'
import type { ReviewItem } from '../../design-docs/console.ts'

const item = (checkin: string, parts: Partial<ReviewItem> = {}): ReviewItem => ({
  checkin,
  team: '12',
  teamName: 'T',
  checkpoint: '1',
  checkpointName: null,
  at: 1,
  firstSeenAt: 2,
  status: 'PENDING',
  automatic: 'PENDING',
  reasons: ['too-far'],
  figures: {},
  points: 10,
  counts: true,
  image: null,
  device: 'd',
  by: 'b',
  as: 'participant',
  method: 'photo',
  ...parts,
})
const open = { filter: 'open', checkpoint: '', team: '', reason: '', class: '', device: '' } as const

describe('the queue on screen', () => {
  it('[CB20] news change check-ins where they stand, new ones come last, decided ones stay: nothing jumps', () => {
    const known = [item('a'), item('b'), item('c')]
    const news = [item('z', { at: 0 }), item('b', { status: 'APPROVED', reviewedAt: 9 })]
    const merged = mergeItems(known, news, open)
    expect(merged.map(({ checkin, status }) => `${checkin} ${status}`)).toEqual([
      'a PENDING',
      'b APPROVED',
      'c PENDING',
      'z PENDING',
    ])
    expect(mergeItems(known, [], open)).toBe(known)
  })

  it('[CB21] what does not belong to the filter is not added', () => {
    expect(mergeItems([], [item('a', { status: 'REJECTED' })], open)).toEqual([])
    expect(belongs(item('a', { checkpoint: '2' }), { ...open, checkpoint: '1' })).toBe(false)
    expect(belongs(item('a', { status: 'AUTO_APPROVED' }), { ...open, filter: 'PENDING' })).toBe(false)
    expect(belongs(item('a', { reviewedAt: 5, status: 'REJECTED' }), { ...open, filter: 'decided' })).toBe(true)
  })
})
