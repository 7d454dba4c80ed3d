import type { Reason, VerdictStatus } from '../../design-docs/derived.ts'

/**
 * What happens to phones and their clocks, in minutes since the start of the event, and the verdict that has to come of
 * it. Phone, server and rules are each walked through the same table.
 */
export type ClockStep = {
  minute: number
  phone?: string
} /** The phone hears the server's time, as with any answer of it. */ & (
  | { do: 'measure' }
  /** A person sets the phone's clock so that it is this many minutes ahead of the truth. */
  | { do: 'set-clock'; ahead: number }
  /** The clock's zone changes, the instant it stands for does not. */
  | { do: 'change-zone' }
  /** The phone sleeps for so long, and its monotonic clock stops. */
  | { do: 'sleep'; minutes: number }
  /** The page is loaded anew: another boot id, and the monotonic clock begins again. */
  | { do: 'reload' }
  | { do: 'record'; fact: string; at: 'P1' | 'P2' | 'GOAL'; as: 'staff' | 'participant' }
  /** A measured contact in which the named facts (without names: all undelivered) are taken in, `upload` minutes later. */
  | { do: 'deliver'; facts?: string[]; to?: string; upload?: number }
  /** The facts arrive without the phone, so without its clock: from a file, or through a hub from another server. */
  | { do: 'pass-on'; facts: string[]; to?: string }
)

export type ClockStory = {
  name: string
  steps: ClockStep[]
  /** By the name of the check-in; figures are those of clocks and duplicates, and no others of them are there. */
  verdicts: Record<string, StoryVerdict>
}

type StoryVerdict = { status: VerdictStatus; reasons: Reason[]; atMinute: number; figures: Record<string, number> }

const ok = (atMinute: number, figures = {}): StoryVerdict => ({
  status: 'AUTO_APPROVED',
  reasons: ['ok'],
  atMinute,
  figures,
})
const doubtful = (
  atMinute: number,
  figures: Record<string, number>,
  reasons: Reason[] = ['clock-skew'],
): StoryVerdict => ({
  status: 'PENDING',
  reasons,
  atMinute,
  figures,
})
const minutes = (count: number) => count * 60_000

const staffRecords = (minute: number, fact = 'a') =>
  ({ minute, do: 'record', fact, at: 'P1', as: 'staff' }) as const satisfies ClockStep
const teamReachesGoal = (minute: number) =>
  ({ minute, do: 'record', fact: 'goal', at: 'GOAL', as: 'participant' }) as const satisfies ClockStep

export const clockStories: ClockStory[] = [
  {
    name: 'the clock is right and the record arrives at once',
    steps: [{ minute: 0, do: 'measure' }, staffRecords(30), { minute: 30, do: 'deliver' }],
    verdicts: { a: ok(30) },
  },
  {
    name: 'the clock is right and there is no signal for five hours',
    steps: [{ minute: 0, do: 'measure' }, staffRecords(30), { minute: 330, do: 'deliver' }],
    verdicts: { a: ok(30) },
  },
  {
    name: 'an hour ahead, and measured',
    steps: [
      { minute: 0, do: 'set-clock', ahead: 60 },
      { minute: 1, do: 'measure' },
      staffRecords(30),
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { a: ok(30) },
  },
  {
    name: 'an hour behind, never measured, the page still open when it delivers',
    steps: [{ minute: 0, do: 'set-clock', ahead: -60 }, staffRecords(30), { minute: 90, do: 'deliver' }],
    verdicts: { a: ok(30, { correctedMs: minutes(60) }) },
  },
  {
    name: 'an hour behind, never measured, loaded anew before it delivers',
    steps: [
      { minute: 0, do: 'set-clock', ahead: -60 },
      staffRecords(30),
      { minute: 60, do: 'reload' },
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { a: doubtful(30, { skewMs: minutes(60) }) },
  },
  {
    name: 'changed offline before the record, the page still open when it delivers',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 20, do: 'set-clock', ahead: 60 },
      staffRecords(30),
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { a: ok(30, { correctedMs: minutes(-60) }) },
  },
  {
    name: 'changed offline after the record, the page still open when it delivers',
    steps: [
      { minute: 0, do: 'measure' },
      staffRecords(30),
      { minute: 40, do: 'set-clock', ahead: 60 },
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { a: ok(30) },
  },
  {
    name: 'changed offline before the record, loaded anew before it delivers',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 20, do: 'set-clock', ahead: -25 },
      staffRecords(30),
      { minute: 60, do: 'reload' },
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { a: doubtful(5, { skewMs: minutes(25) }) },
  },
  {
    name: 'changed offline after the record, loaded anew before it delivers',
    steps: [
      { minute: 0, do: 'measure' },
      staffRecords(30),
      { minute: 40, do: 'set-clock', ahead: -25 },
      { minute: 60, do: 'reload' },
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { a: doubtful(30, { skewMs: minutes(25) }) },
  },
  {
    name: 'loaded anew, but seen by the server before and after, and changed only then',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 10, do: 'record', fact: 'first', at: 'P2', as: 'staff' },
      { minute: 10, do: 'deliver' },
      { minute: 20, do: 'set-clock', ahead: 60 },
      staffRecords(30),
      { minute: 60, do: 'reload' },
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { first: ok(10), a: ok(30, { correctedMs: minutes(-60) }) },
  },
  {
    name: 'the phone slept for two hours, its clock right',
    steps: [
      { minute: 0, do: 'measure' },
      staffRecords(30),
      { minute: 40, do: 'sleep', minutes: 120 },
      { minute: 200, do: 'deliver' },
    ],
    verdicts: { a: ok(30) },
  },
  {
    name: 'the phone slept and its clock was changed: nothing tells the two apart',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 20, do: 'set-clock', ahead: -25 },
      staffRecords(30),
      { minute: 40, do: 'sleep', minutes: 50 },
      { minute: 100, do: 'deliver' },
    ],
    verdicts: { a: doubtful(5, { skewMs: minutes(25) }) },
  },
  {
    name: 'set an hour ahead for the record and right again before it delivers',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 29, do: 'set-clock', ahead: 60 },
      staffRecords(30),
      { minute: 31, do: 'set-clock', ahead: 0 },
      { minute: 200, do: 'deliver' },
    ],
    verdicts: { a: doubtful(30, { futureMs: minutes(60) }) },
  },
  {
    name: 'a goal backdated by 40 minutes, the clock put right before it delivers',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 199, do: 'set-clock', ahead: -40 },
      teamReachesGoal(200),
      { minute: 201, do: 'set-clock', ahead: 0 },
      { minute: 202, do: 'deliver' },
    ],
    verdicts: { goal: doubtful(160, { lateMs: minutes(42) }, ['late-delivery']) },
  },
  {
    name: 'backdated to before a record that was delivered already',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 60, do: 'record', fact: 'first', at: 'P2', as: 'staff' },
      { minute: 61, do: 'deliver' },
      { minute: 69, do: 'set-clock', ahead: -50 },
      staffRecords(70),
      { minute: 71, do: 'set-clock', ahead: 0 },
      { minute: 80, do: 'deliver' },
    ],
    verdicts: { first: ok(60), a: doubtful(20, { beforeDeliveredMs: minutes(40) }) },
  },
  {
    name: 'a record that was refused and goes later than those made after it',
    steps: [
      { minute: 0, do: 'measure' },
      staffRecords(30),
      { minute: 60, do: 'record', fact: 'second', at: 'P2', as: 'staff' },
      { minute: 61, do: 'deliver', facts: ['second'] },
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { a: ok(30), second: ok(60) },
  },
  {
    name: 'a goal of the team’s own that arrives after exactly a quarter of an hour',
    steps: [{ minute: 0, do: 'measure' }, teamReachesGoal(150), { minute: 165, do: 'deliver' }],
    verdicts: { goal: ok(150) },
  },
  {
    name: 'a goal of the team’s own that arrives after twenty minutes',
    steps: [{ minute: 0, do: 'measure' }, teamReachesGoal(150), { minute: 170, do: 'deliver' }],
    verdicts: { goal: doubtful(150, { lateMs: minutes(20) }, ['late-delivery']) },
  },
  {
    name: 'a goal that staff recorded and that arrives three hours later',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 150, do: 'record', fact: 'goal', at: 'GOAL', as: 'staff' },
      { minute: 330, do: 'deliver' },
    ],
    verdicts: { goal: ok(150) },
  },
  {
    name: 'carried out of the phone as a file',
    steps: [{ minute: 0, do: 'measure' }, staffRecords(30), { minute: 400, do: 'pass-on', facts: ['a'] }],
    verdicts: { a: ok(30) },
  },
  {
    name: 'a file from a phone that was never measured',
    steps: [staffRecords(30), { minute: 400, do: 'pass-on', facts: ['a'] }],
    verdicts: { a: doubtful(30, { unmeasuredMs: minutes(370) }) },
  },
  {
    name: 'a file whose record lies in the future',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 20, do: 'set-clock', ahead: 120 },
      staffRecords(30),
      { minute: 40, do: 'pass-on', facts: ['a'] },
    ],
    verdicts: { a: doubtful(40, { futureMs: minutes(110) }) },
  },
  {
    name: 'a venue hub that reaches the main server three hours late',
    steps: [
      { minute: 0, do: 'measure' },
      teamReachesGoal(150),
      { minute: 151, do: 'deliver', to: 'hub' },
      { minute: 331, do: 'pass-on', facts: ['goal'] },
    ],
    verdicts: { goal: ok(150) },
  },
  {
    name: 'two phones, one of them an hour ahead and measured',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 0, do: 'set-clock', ahead: 60, phone: 'b' },
      { minute: 1, do: 'measure', phone: 'b' },
      { ...staffRecords(30, 'b'), phone: 'b' },
      staffRecords(40),
      { minute: 50, do: 'deliver' },
      { minute: 51, do: 'deliver', phone: 'b' },
    ],
    verdicts: {
      b: ok(30),
      a: { status: 'REJECTED', reasons: ['duplicate'], atMinute: 40, figures: { minutesSinceFirst: 10 } },
    },
  },
  {
    name: 'the time zone changes on the way',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 20, do: 'change-zone' },
      staffRecords(30),
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { a: ok(30) },
  },
  {
    name: 'the clock jumps forward and is measured before the record',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 20, do: 'set-clock', ahead: 60 },
      { minute: 25, do: 'measure' },
      staffRecords(30),
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { a: ok(30) },
  },
  {
    name: 'the clock drifts by half a minute',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 1, do: 'set-clock', ahead: 0.5 },
      staffRecords(30),
      { minute: 90, do: 'deliver' },
    ],
    verdicts: { a: ok(30.5) },
  },
  {
    name: 'four minutes of upload are no wrong clock',
    steps: [{ minute: 0, do: 'measure' }, staffRecords(30), { minute: 90, do: 'deliver', upload: 4 }],
    verdicts: { a: ok(30) },
  },
  {
    name: 'changed offline, and four minutes of upload',
    steps: [
      { minute: 0, do: 'measure' },
      { minute: 20, do: 'set-clock', ahead: 60 },
      staffRecords(30),
      { minute: 90, do: 'deliver', upload: 4 },
    ],
    verdicts: { a: ok(30, { correctedMs: minutes(-60) }) },
  },
  {
    name: 'delivered, lost by a restored server, and delivered again hours later',
    steps: [
      { minute: 0, do: 'measure' },
      teamReachesGoal(150),
      { minute: 151, do: 'deliver' },
      { minute: 400, do: 'deliver', facts: ['goal'] },
    ],
    verdicts: { goal: ok(150) },
  },
]
