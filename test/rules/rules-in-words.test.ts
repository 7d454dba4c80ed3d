import { expect, test } from 'vitest'
import { rulesInWords } from '../../functions/rules/rules-in-words.ts'
import { checkpointDocs, eventDoc, planOf } from './make-facts.ts'

const said = (plan: Parameters<typeof rulesInWords>[0]) => rulesInWords(plan).flatMap(({ sentences }) => sentences)

test('[RW1] the rules in words carry the figures of the event, for each of its classes', () => {
  const sentences = said(planOf())
  expect(sentences).toContainEqual({ say: 'radius', meters: 50 })
  expect(sentences).toContainEqual({ say: 'duplicate', minutes: 30 })
  expect(sentences).toContainEqual({ say: 'late', perMinute: 10, mostMinutes: 30 })
  expect(sentences.filter(({ say }) => say === 'limit')).toMatchObject([{ minutes: 180 }, { minutes: 240 }])
  expect(sentences).toContainEqual({ say: 'entered', classId: 'a' })
  expect(sentences).toContainEqual({ say: 'photo' })
})

test('[RW2] what does not hold here is not said, and what does is', () => {
  const event = eventDoc()
  const [a, b] = event.classes
  const women = { ...b!, fits: { gender: 'all-f', minAge: 40 } as const }
  const rules = { ...event.rules, latePenaltyPerMinute: 0, requirePhoto: false, autoApprove: false }
  const docs = checkpointDocs()
  Object.assign(docs[0]!, { cancelled: true, radiusMeters: 20 })
  Object.assign(docs[1]!, { radiusMeters: 20 })
  const sentences = said(planOf({ ...event, classes: [a!, women], rules }, docs))
  expect(sentences).toContainEqual({ say: 'no-late-penalty', mostMinutes: 30 })
  expect(sentences).toContainEqual({ say: 'own-radius', checkpoints: ['2'] })
  expect(sentences).toContainEqual({ say: 'cancelled', checkpoints: ['1'] })
  expect(sentences).toContainEqual({ say: 'fits', classId: 'b', fits: women.fits })
  const says = sentences.map(({ say }) => say)
  for (const other of ['photo', 'auto-approve', 'late']) expect(says).not.toContain(other)
  expect(said(planOf()).map(({ say }) => say)).not.toContain('own-radius')
})
