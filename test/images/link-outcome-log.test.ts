import { expect, test } from 'vitest'
import { linkOutcomeLog } from '../../sync-server/images/link-outcome-log.ts'

test('[OT18] what was somebody’s and did not open is written down with what it was; the rest is counted alone', () => {
  const written: object[] = []
  const { tell, counts } = linkOutcomeLog({ info: (what: object) => void written.push(what) } as never)
  const about = { event: 'demo', photo: 'checkin:1', link: 'ab' }
  const told = [
    ...(['opened', 'resumed', 'looked', 'prefetch', 'preview-bot'] as const).map((outcome) => ({ ...about, outcome })),
    { outcome: 'unknown' as const },
    ...(['expired', 'reused', 'revoked', 'foreign'] as const).map((outcome) => ({ ...about, outcome })),
  ]
  for (const one of told) tell(one)
  tell({ ...about, outcome: 'reused' })
  expect(written).toEqual([...told.slice(6), { ...about, outcome: 'reused' }])
  expect([...counts]).toEqual(told.map(({ outcome }) => [outcome, outcome === 'reused' ? 2 : 1]))
})
