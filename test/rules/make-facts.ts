import type { CheckinFact, Fact, FactOf, FactType, NoticeFact } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import type { RulesPlan } from '../../functions/rules/rules-plan.ts'

export const start = Date.UTC(2026, 4, 3, 1, 0)
export const minutes = (count: number) => count * 60_000
export const atMinute = (count: number) => start + minutes(count)

/** Due north of a place; a degree of latitude is 111,195.08 m on the sphere that distances are measured on. */
export const north = (of: { lat: number; lng: number }, meters: number) => ({
  lat: of.lat + meters / 111_195.0797,
  lng: of.lng,
})

const town = { lat: 35.36, lng: 138.72 }

export const eventDoc = (changes: Partial<EventDoc> = {}): EventDoc => ({
  _id: 'event',
  type: 'event',
  event: 'demo',
  code: 'demo',
  name: { ja: '大会', en: 'Event' },
  timeZone: 'Asia/Tokyo',
  phase: 'running',
  startsAt: atMinute(-60),
  endsAt: atMinute(600),
  classes: [
    { id: 'a', name: { ja: 'A', en: 'A' }, startsAt: start, limitMinutes: 180 },
    { id: 'b', name: { ja: 'B', en: 'B' }, startsAt: start, limitMinutes: 240 },
  ],
  rules: {
    radiusMeters: 50,
    maxAccuracyMeters: 100,
    duplicateMinutes: 30,
    autoApprove: true,
    requirePhoto: true,
    latePenaltyPerMinute: 10,
    maxLateMinutes: 30,
    tieBreak: 'earlier-finish',
    maxSpeedKmh: 30,
  },
  ...changes,
})

export const checkpointDoc = (number: string, changes: Partial<CheckpointDoc> = {}): CheckpointDoc => ({
  _id: `checkpoint:${number}`,
  type: 'checkpoint',
  event: 'demo',
  number,
  name: { ja: number, en: number },
  ...north(town, 0),
  points: 10,
  kind: 'photo',
  ...changes,
})

/** Photo checkpoints 1–5 a kilometre apart on one line, 10–50 points; staffed S1; start ST and goal GO in town. */
export const checkpointDocs = () => [
  ...[1, 2, 3, 4, 5].map((n) => checkpointDoc(`${n}`, { ...north(town, n * 1000), points: n * 10 })),
  checkpointDoc('S1', { ...north(town, 500), points: 15, kind: 'staffed' }),
  checkpointDoc('ST', { kind: 'start', points: 0 }),
  checkpointDoc('GO', { kind: 'goal', points: 0 }),
]

export const planOf = (event = eventDoc(), checkpoints = checkpointDocs()): RulesPlan => ({
  event,
  checkpoints: new Map(checkpoints.map((one) => [one.number, one])),
})

/** Makes facts of one team with ids that count up, written on one staff phone with a right clock unless told otherwise. */
export function factMaker(team = '12') {
  let made = 0
  const bytes = () => Uint8Array.from({ length: 10 }, (_, i) => (i === 9 ? made % 256 : i === 8 ? made >> 8 : 0))
  const make = <T extends FactType>(type: T, fields: { at: number } & Partial<FactOf<T>>): FactOf<T> => {
    made++
    return {
      _id: factId(team, type, ulid(start, bytes())),
      type,
      event: 'demo',
      team,
      by: 'staff1',
      as: 'staff',
      device: 'phone0001',
      deviceAt: fields.at,
      offsetMs: 0,
      measuredAt: start - minutes(120),
      bootId: 'boot1',
      monotonicMs: Math.max(0, fields.at - start + minutes(300)),
      ...fields,
    } as unknown as FactOf<T>
  }
  return {
    make,
    entry: (fields: Partial<FactOf<'entry'>> = {}) =>
      make('entry', {
        at: start - minutes(1000),
        by: 'server',
        as: 'server',
        name: 'Team',
        classIds: ['a'],
        members: [{ id: 'm1', name: '山田　太郎' }],
        bibIssue: 1,
        ...fields,
      }),
    /** A staff scan of a good bib. */
    scanned: (checkpoint: string, at: number, fields: Partial<CheckinFact> = {}) =>
      make('checkin', { at, checkpoint, method: 'qr', verified: true, bibIssue: 1, ...fields }),
    /** The team's own, with its position and accuracy. */
    recorded: (checkpoint: string, at: number, fields: Partial<CheckinFact> = {}) =>
      make('checkin', { at, checkpoint, method: 'gps', verified: false, by: 'team12', as: 'participant', ...fields }),
    photo: (checkin: Fact | null, fields: Partial<FactOf<'photo'>> = {}) =>
      make('photo', {
        at: (checkin?.at ?? start) + 1000,
        ...(checkin && { checkin: checkin._id, by: checkin.by, as: checkin.as }),
        purpose: checkin ? 'checkin' : 'portrait',
        takenAt: checkin?.at ?? start,
        sha256: '0'.repeat(64),
        bytes: 1000,
        width: 10,
        height: 10,
        contentType: 'image/jpeg',
        pieces: ['0'.repeat(64)],
        pieceBytes: 1024,
        ...fields,
      }),
    /** By the author of what it takes back. */
    undo: (target: Fact, fields: Partial<FactOf<'void'>> = {}) =>
      make('void', {
        at: target.at + 5000,
        fact: target._id,
        reason: 'wrong',
        by: target.by,
        as: target.as,
        ...fields,
      }),
    review: (checkin: Fact, action: 'APPROVED' | 'REJECTED', fields: Partial<FactOf<'review'>> = {}) =>
      make('review', {
        at: checkin.at + minutes(5),
        checkin: checkin._id,
        action,
        by: 'judge1',
        as: 'judge',
        ...fields,
      }),
    answer: (answers: FactOf<'answer'>['answers'], fields: Partial<FactOf<'answer'>> = {}) =>
      make('answer', { at: atMinute(60), survey: 'thanks', answers, by: `p${team}`, as: 'participant', ...fields }),
    arrival: (facts: readonly Fact[], receivedAt: number, fields: Partial<FactOf<'arrival'>> = {}) =>
      make('arrival', {
        at: receivedAt,
        facts: facts.map(({ _id }) => _id),
        receivedAt,
        server: 'main',
        by: 'server',
        as: 'server',
        device: 'server000',
        ...fields,
      }),
  }
}

/** A notice to everyone from the start on, unless told otherwise; `n` tells one from another. */
export const noticeFact = (n: number, fields: Partial<NoticeFact> = {}) =>
  staffFact('notice', n, {
    at: start,
    by: 'core1',
    as: 'core',
    title: `Notice ${n}`,
    body: 'Take a *coat*.',
    audience: {},
    publishAt: start,
    urgent: false,
    ...fields,
  })

export const withdrawal = (n: number, of: NoticeFact, fields: Partial<FactOf<'void'>> = {}) =>
  staffFact('void', n, { at: of.at + 1000, by: of.by, as: of.as, fact: of._id, reason: 'not true', ...fields })

/** A fact that is about no team. */
function staffFact<T extends FactType>(type: T, n: number, fields: { at: number } & Partial<FactOf<T>>): FactOf<T> {
  const { team, ...fact } = factMaker('staff').make(type, fields)
  const random = Uint8Array.from({ length: 10 }, (_, i) => (i === 9 ? n : 7))
  return { ...fact, _id: factId('staff', type, ulid(start, random)) } as FactOf<T>
}
