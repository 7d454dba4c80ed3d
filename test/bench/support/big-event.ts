import type { Card, Ranking, Verdict } from '../../../design-docs/derived.ts'
import { rank } from '../../../functions/rules/rank.ts'
import { cardDoc } from '../../rules/make-cards.ts'
import { atMinute, checkpointDoc, eventDoc } from '../../rules/make-facts.ts'

const [teamCount, visits] = [5000, 20]

/** 5,000 teams with 20 check-ins each, as a server has an event in memory. */
export function bigEvent() {
  const event = eventDoc()
  const checkpoints = new Map(Array.from({ length: visits }, (_, n) => [String(n + 1), checkpointDoc(String(n + 1))]))
  const verdicts = new Map<string, Verdict>()
  const cards = new Map<string, Card>()
  for (let n = 0; n < teamCount; n++) {
    const team = String(10_001 + n)
    const own = Array.from({ length: visits }, (_, visit) => visitOf(team, visit))
    for (const one of own) verdicts.set(one.checkin, one)
    const rows = own.map(({ checkpoint, checkin, at, status, points, reasons, device, by }) => {
      return { checkpoint, checkin, at, status, points, reasons: [...reasons], device, by }
    })
    const members = ['一郎', '次郎', '三郎'].map((name, m) => ({ id: `m${m}`, name: `髙﨑 ${name}` }))
    const points = { provisional: visits * 10, net: visits * 10 }
    const done = { goalAt: atMinute(170) + n, lateMinutes: { a: 0 } }
    cards.set(team, cardDoc(team, { name: `チーム ${team}`, members, checkpoints: rows, points, ...done }))
  }
  const rankings = new Map<string, Ranking>([['a', rank('a', cards.values(), event)]])
  return { event, checkpoints, cards, verdicts, rankings, teamCount }
}

function visitOf(team: string, n: number): Verdict {
  const checkin = `${team}:checkin:${String(n).padStart(26, '0')}`
  return {
    ...{ _id: `verdict:${checkin}`, type: 'verdict', event: 'demo', team, checkin, checkpoint: String(n + 1) },
    ...{ at: atMinute(n * 8), status: 'AUTO_APPROVED', automatic: 'AUTO_APPROVED', reasons: ['ok'], figures: {} },
    ...{ distanceMeters: n, points: 10, counts: true, firstSeenAt: atMinute(n * 8 + 1), device: 'phone0001' },
    ...{ by: 'staff1', as: 'staff', method: 'qr' },
  }
}
