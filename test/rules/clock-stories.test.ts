import { describe, expect, test } from 'vitest'
import { createClock } from '../../app/device/clock.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { readSenderClock } from '../../sync-server/gateway/sender-clock.ts'
import { clockStories } from './clock-stories.ts'
import { atMinute } from './make-facts.ts'
import { plainPhone, type StoryPhone, storyPlan, tellStory } from './tell-story.ts'

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

/** The phone's own clock, loaded anew where the story says so, and the header by which the server sees it. */
function realPhone(device: string): StoryPhone {
  let [now, loadedAt, boot] = [atMinute(-300), atMinute(-300), 1]
  let saved: string | null = null
  const load = () =>
    createClock({
      now: () => now + phone.aheadMs,
      monotonic: () => now - loadedAt - phone.sleptMs,
      bootId: `${device}-${boot}`,
      load: () => saved,
      save: (text) => {
        saved = text
      },
    })
  const phone: StoryPhone = {
    device,
    aheadMs: 0,
    sleptMs: 0,
    reload(at) {
      now = loadedAt = at
      phone.sleptMs = 0
      boot++
      clock = load()
    },
    measure(at) {
      now = at
      clock.observe(at, { sentMs: clock.monotonic(), receivedMs: clock.monotonic() })
    },
    stamp(at) {
      now = at
      return clock.stamp()
    },
    seen(at) {
      now = at
      return readSenderClock(clock.header(), device)!
    },
  }
  let clock = load()
  return phone
}

describe.each([
  ['as described', plainPhone],
  ['by the phone’s clock and the gateway’s reading of it', realPhone],
])('%s', (_, newPhone) => {
  test.each(clockStories)('[CK2] $name', (story) => {
    const { facts, ids } = tellStory(story, newPhone)
    const { verdicts } = outcome(facts, storyPlan)
    for (const [name, { atMinute: minute, ...written }] of Object.entries(story.verdicts)) {
      const { status, reasons, at, figures } = verdicts.find(({ checkin }) => checkin === ids.get(name))!
      expect({ status, reasons, at, figures: ofClocks(figures) }).toEqual({ ...written, at: atMinute(minute) })
    }
    expect([...ids.keys()].sort()).toEqual(Object.keys(story.verdicts).sort())
  })
})
