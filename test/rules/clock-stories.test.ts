import { expect, test } from 'vitest'
import { outcome } from '../../functions/rules/outcome.ts'
import { clockStories } from './clock-stories.ts'
import { atMinute } from './make-facts.ts'
import { storyPlan, tellStory } from './tell-story.ts'

test('[CK1] there are at least twenty clock stories, each told once', () => {
  expect(new Set(clockStories.map(({ name }) => name)).size).toBe(clockStories.length)
  expect(clockStories.length).toBeGreaterThanOrEqual(20)
})

const clockFigures = [
  'skewMs',
  'futureMs',
  'unmeasuredMs',
  'beforeDeliveredMs',
  'correctedMs',
  'lateMs',
  'minutesSinceFirst',
]
const ofClocks = (figures: Record<string, number>) =>
  Object.fromEntries(Object.entries(figures).filter(([name]) => clockFigures.includes(name)))

test.each(clockStories)('[CK2] $name', (story) => {
  const { facts, ids } = tellStory(story)
  const { verdicts } = outcome(facts, storyPlan)
  for (const [name, { atMinute: minute, ...written }] of Object.entries(story.verdicts)) {
    const { status, reasons, at, figures } = verdicts.find(({ checkin }) => checkin === ids.get(name))!
    expect({ status, reasons, at, figures: ofClocks(figures) }).toEqual({ ...written, at: atMinute(minute) })
  }
  expect([...ids.keys()].sort()).toEqual(Object.keys(story.verdicts).sort())
})
