import type { CheckpointDoc, EventClass } from '../../design-docs/plan.ts'
import type { RulesPlan } from './rules-plan.ts'

type Fits = NonNullable<EventClass['fits']>

/** One rule with the figures that hold in this event; a screen has the words. */
export type RuleSentence =
  | { say: 'radius'; meters: number }
  | { say: 'own-radius'; checkpoints: string[] }
  | { say: 'accuracy'; meters: number }
  | { say: 'photo' | 'no-photo' | 'auto-approve' | 'no-auto-approve' | 'staff-scan' | 'after-goal' }
  | { say: 'speed'; kmh: number }
  | { say: 'duplicate'; minutes: number }
  | { say: 'best-counts' | 'by-person' | 'sum' | 'waiting' }
  | { say: 'cancelled'; checkpoints: string[] }
  | { say: 'limit'; classId: string; startsAt: number; minutes: number }
  | { say: 'late'; perMinute: number; mostMinutes: number }
  | { say: 'no-late-penalty'; mostMinutes: number }
  | { say: 'own-start' | 'not-placed' | 'order' | 'shared' | 'overall' }
  | { say: 'entered'; classId: string }
  | { say: 'fits'; classId: string; fits: Fits }

/** How check-ins are judged, what counts, and who is placed where. */
export type RuleChapter = { about: 'judging' | 'counting' | 'time' | 'places'; sentences: RuleSentence[] }

/**
 * The rules of an event as sentences, from the very figures that judging, counting and ranking use; what does not apply
 * here is not said.
 */
export function rulesInWords({ event, checkpoints }: RulesPlan): RuleChapter[] {
  const { rules, classes } = event
  const all = [...checkpoints.values()]
  const numbers = (of: (doc: CheckpointDoc) => boolean) => all.filter(of).map(({ number }) => number)
  const ownRadius = numbers(({ radiusMeters, cancelled }) => radiusMeters !== undefined && !cancelled)
  const cancelled = numbers((doc) => doc.cancelled === true)
  const late: RuleSentence =
    rules.latePenaltyPerMinute > 0
      ? { say: 'late', perMinute: rules.latePenaltyPerMinute, mostMinutes: rules.maxLateMinutes }
      : { say: 'no-late-penalty', mostMinutes: rules.maxLateMinutes }
  return [
    {
      about: 'judging',
      sentences: [
        { say: 'radius', meters: rules.radiusMeters },
        ...(ownRadius.length > 0 ? [{ say: 'own-radius', checkpoints: ownRadius } as const] : []),
        { say: 'accuracy', meters: rules.maxAccuracyMeters },
        { say: rules.requirePhoto ? 'photo' : 'no-photo' },
        { say: 'staff-scan' },
        { say: rules.autoApprove ? 'auto-approve' : 'no-auto-approve' },
        { say: 'speed', kmh: rules.maxSpeedKmh },
        { say: 'duplicate', minutes: rules.duplicateMinutes },
        { say: 'after-goal' },
        { say: 'by-person' },
      ],
    },
    {
      about: 'counting',
      sentences: [
        { say: 'best-counts' },
        { say: 'sum' },
        { say: 'waiting' },
        ...(cancelled.length > 0 ? [{ say: 'cancelled', checkpoints: cancelled } as const] : []),
      ],
    },
    {
      about: 'time',
      sentences: [
        ...classes.map(({ id, startsAt, limitMinutes }): RuleSentence => {
          return { say: 'limit', classId: id, startsAt, minutes: limitMinutes }
        }),
        late,
        { say: 'own-start' },
      ],
    },
    {
      about: 'places',
      sentences: [
        { say: 'order' },
        { say: 'shared' },
        { say: 'not-placed' },
        ...classes.map(({ id, fits }): RuleSentence => {
          return fits && Object.keys(fits).length > 0
            ? { say: 'fits', classId: id, fits }
            : { say: 'entered', classId: id }
        }),
        { say: 'overall' },
      ],
    },
  ]
}
