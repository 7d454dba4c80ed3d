import { describe, expect, it, vi } from 'vitest'
import { readEvents, type StreamEvent } from '../../app/admin/desk/read-events.ts'
import { differences } from '../../app/admin/setup/differences.ts'
import { fromWallClock, toWallClock } from '../../app/ui/zoned-time.ts'

describe('times in forms', () => {
  it('[CB22] show and take what the clocks of the event show, summer time and all', () => {
    const at = Date.UTC(2026, 4, 3, 0, 30)
    expect(toWallClock(at, 'Asia/Tokyo')).toBe('2026-05-03T09:30')
    for (const zone of ['Asia/Tokyo', 'Europe/Berlin', 'America/New_York', 'Pacific/Apia', 'UTC'])
      for (const month of [0, 3, 6, 9]) {
        const instant = Date.UTC(2026, month, 28, 23, 15)
        expect(fromWallClock(toWallClock(instant, zone), zone)).toBe(instant)
      }
    expect(fromWallClock('2026-10-25T02:30', 'Europe/Berlin')).toBe(Date.UTC(2026, 9, 25, 0, 30))
    expect(fromWallClock('', 'Asia/Tokyo')).toBeNull()
  })
})

describe('two versions of a document', () => {
  it('[CB23] differ by their leaves, not by their revisions', () => {
    const mine = { _rev: '1-a', name: { ja: 'あ', en: 'A' }, points: 5, cancelled: true }
    const theirs = { _rev: '2-b', name: { ja: 'い', en: 'A' }, points: 5 }
    expect(differences(mine, theirs)).toEqual([
      { field: 'name.ja', mine: 'あ', theirs: 'い' },
      { field: 'cancelled', mine: true, theirs: undefined },
    ])
  })
})

describe('a difference in words', () => {
  it('[CB36] has the form’s own labels, times on the event’s clock, and names the class', async () => {
    vi.stubGlobal('localStorage', { getItem: () => 'en' })
    vi.stubGlobal('document', { documentElement: {} })
    const { fieldName, valueInWords } = await import('../../app/admin/setup/field-words.ts')
    const start = Date.UTC(2026, 4, 3, 0, 30)
    const classes = [{ id: 'three', startsAt: start, limitMinutes: 180 }, { id: 'six' }]
    const mine = { endsAt: start, phase: 'running', classes, rules: { autoApprove: true } }
    const longer = [{ id: 'six' }, { id: 'three', startsAt: start + 600_000, limitMinutes: 200 }]
    const theirs = { endsAt: start + 60_000, phase: 'closed', classes: longer, rules: { autoApprove: false } }
    const said = differences(mine, theirs).map(({ field, mine, theirs }) =>
      [fieldName(field), ...[mine, theirs].map((value) => valueInWords(field, value, 'Asia/Tokyo'))].join(' | '),
    )
    expect(said).toEqual([
      'Ends | 5/3, 09:30 | 5/3, 09:31',
      'Phase | Running | Closed',
      'Classes three: Start time | 5/3, 09:30 | 5/3, 09:40',
      'Classes three: Limit (minutes) | 180 | 200',
      'Approve what keeps the rules | Yes | No',
    ])
    expect(fieldName('points')).toBe('Points')
    expect(fieldName('mustShow.en')).toBe('Who or what must be in it (English)')
    expect(fieldName('no.such.one')).toBe('no.such.one')
  })
})

describe('server-sent events', () => {
  it('[CB24] are read across any cut in the bytes, comments passed over', async () => {
    const text =
      ': beat\n\nid: 7.a\nevent: change\ndata: {"山":1}\n\ndata: a\ndata: b\n\nevent: half\ndata: never ended'
    const bytes = new TextEncoder().encode(text)
    for (const size of [1, 2, 3, 7, 1000]) {
      const events: StreamEvent[] = []
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (let from = 0; from < bytes.length; from += size) controller.enqueue(bytes.slice(from, from + size))
          controller.close()
        },
      })
      await readEvents(body, (event) => events.push(event))
      expect(events).toEqual([
        { name: 'change', data: '{"山":1}', id: '7.a' },
        { name: 'message', data: 'a\nb', id: null },
      ])
    }
  })
})
