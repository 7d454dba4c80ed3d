import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Card } from '../../design-docs/derived.ts'
import { type Fact, factSchemas, factTypes, type Redaction } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import { outcome } from '../../functions/rules/outcome.ts'
import { rank } from '../../functions/rules/rank.ts'
import { rankOverall } from '../../functions/rules/rank-overall.ts'
import { frozenClasses, redactFact, withoutPeople } from '../../functions/rules/redact-fact.ts'
import { anyEvent } from './any-event.ts'
import { anyFacts, anyPlan } from './any-team.ts'
import { atMinute, factMaker } from './make-facts.ts'

const mark: Redaction = { at: 1, by: 'hanako', was: 'a'.repeat(64), rev: `1-${'b'.repeat(32)}` }
const redact = (fact: Fact): Fact => {
  const bare = withoutPeople(fact)
  return bare ? redactFact(bare, mark) : fact
}
/** As the server does it: the classes first, by one correction more when members alone made them. */
function forget(facts: readonly Fact[], card: Card | null, classIds: readonly string[] | undefined): Fact[] {
  const classes = card && classIds ? frozenClasses(card, classIds) : null
  if (!classes || !card) return facts.map(redact)
  const claim = { ...facts[0]!, by: 'server', as: 'server', device: 'server' } as const
  const { event, at: _, ...rest } = claim
  const frozen = {
    ...factMaker(card.team).make('correction', { at: atMinute(5000), field: 'classIds', was: [], is: classes }),
    event,
    by: rest.by,
    _id: factId(card.team, 'correction', ulid(atMinute(5000), new Uint8Array(10))),
  } as Fact
  return [...facts, frozen].map(redact)
}

const secret = '髙﨑花子'
/** One of each type, with everything in it that a person could have put there. */
const maker = factMaker('12')
const at = atMinute(5)
const said = [
  maker.make('entry', {
    at,
    name: secret,
    kana: secret,
    classIds: ['a'],
    members: [{ id: 'm1', name: secret, kana: secret, age: 40, gender: 'f' }],
    bibIssue: 1,
  }),
  maker.make('bind', { at, bib: '12', issue: 1, name: secret, classIds: ['a'], members: [{ id: 'm1', name: secret }] }),
  maker.make('correction', { at, field: 'name', was: secret, is: secret }),
  maker.make('correction', { at, field: 'kana', was: secret, is: secret }),
  maker.make('correction', { at, field: 'attention', was: secret, is: secret }),
  maker.make('correction', { at, field: 'members', was: [{ id: 'm1', name: secret }], is: [] }),
  maker.make('correction', { at, field: 'classIds', was: { note: secret }, is: secret }),
  maker.make('correction', { at, field: 'name', was: { note: secret }, is: [secret] }),
  maker.make('scan', { at, reason: 'unreadable', text: secret }),
  maker.make('reception', { at, arrived: ['m1'], feePaid: true, note: secret }),
  maker.make('back', { at, note: secret }),
  maker.make('help', { at, text: secret }),
  maker.make('retire', { at, reason: secret, place: secret }),
  maker.make('void', { at, fact: '12:checkin:01J8Z0000000000000000000A0', reason: secret }),
  maker.make('review', {
    at,
    checkin: '12:checkin:01J8Z0000000000000000000A0',
    action: 'APPROVED',
    comment: secret,
  }),
  maker.make('adjustment', { at, points: 5, reason: secret }),
  maker.make('ruling', { at, status: 'withdrawn', reason: secret }),
  maker.make('timing', { at, kind: 'start', is: 5, reason: secret }),
  maker.make('chat', { at, kind: 'text', text: secret }),
  maker.make('answer', { at, survey: 'thanks', answers: { words: secret } }),
  maker.make('notice', { at, title: secret, body: secret, audience: { teams: ['12'] }, publishAt: 1, urgent: false }),
  {
    ...maker.photo(null),
    _attachments: { preview: { content_type: 'image/jpeg' as const, data: secret } },
  },
] satisfies Fact[]

describe('what stays of a fact', () => {
  test.each(said.map((fact) => [fact.type, fact] as const))(
    '[FT1] of %s nothing that a person wrote or is called, and it is a fact still',
    (type, fact) => {
      const bare = redact(fact)
      expect(JSON.stringify(bare)).not.toContain(secret)
      expect(bare.redacted).toEqual(mark)
      const { team, ...notice } = bare
      expect(factSchemas[type].safeParse(type === 'notice' ? notice : bare).error).toBeUndefined()
      expect(redact(bare)).toBe(bare)
    },
  )

  test('[FT1] types that say nothing of people, or happen to, are left as they came', () => {
    const plain = [
      maker.scanned('1', at),
      maker.make('reception', { at, arrived: ['m1'], feePaid: true }),
      maker.make('help', { at }),
      maker.make('correction', { at, field: 'classIds', was: ['a'], is: ['b'] }),
      maker.make('read', { at, messages: ['12:chat:01J8Z0000000000000000000A0'] }),
      maker.make('handling', { at, step: 'done' }),
      maker.make('ask', { at, photo: '12:photo:01J8Z0000000000000000000A0', variant: 'screen' }),
      maker.make('collected', { at, palette: 'staff:photo:01J8Z0000000000000000000A0', verified: true }),
    ]
    for (const fact of plain) expect(withoutPeople(fact)).toBeNull()
    const seen = new Set<string>([...said, ...plain].map(({ type }) => type))
    expect(factTypes.filter((type) => !seen.has(type))).toEqual(['original', 'arrival'])
  })
})

/** What a card says beside people: everything that places and points come of. */
const counted = (card: Card | null) => {
  if (!card) return null
  const {
    name,
    kana,
    members,
    statusReason,
    attention,
    reception,
    retired,
    help,
    checkpoints,
    lines,
    takenIn,
    ...rest
  } = card
  return {
    ...rest,
    members: members.map(({ id }) => id),
    reception: reception && { ...reception, note: undefined },
    retired: retired?.at,
    help: help?.at,
    checkpoints: checkpoints.map(({ comment, ...row }) => row),
    lines: lines.map(({ reason, ...line }) => line),
  }
}

test('[FT2] whatever a team did: forgotten, its card counts the same, and its check-ins are judged the same', () => {
  fc.assert(
    fc.property(
      anyPlan.chain((plan) => fc.tuple(fc.constant(plan), anyFacts(plan))),
      ([plan, facts]) => {
        const before = outcome(facts, plan)
        const after = outcome(forget(facts, before.card, before.team?.classIds), plan)
        expect(counted(after.card)).toEqual(counted(before.card))
        expect(after.verdicts.map(({ comment, ...rest }) => rest)).toEqual(
          before.verdicts.map(({ comment, ...rest }) => rest),
        )
      },
    ),
    { numRuns: 150 },
  )
})

test('[FT3] whichever team of an event is forgotten, every ranking stays as it was but for its name', () => {
  for (let seed = 1; seed <= 120; seed++) {
    const { plan, teams } = anyEvent(seed)
    const before = teams.map((facts) => outcome(facts, plan))
    const chosen = seed % teams.length
    const { card, team } = before[chosen]!
    const after = before.map((one, i) => (i === chosen ? outcome(forget(teams[i]!, card, team?.classIds), plan) : one))
    const rankings = (all: typeof before) => {
      const cards = all.flatMap((one) => one.card ?? [])
      const rows = [...plan.event.classes.map(({ id }) => rank(id, cards, plan.event)), rankOverall(cards, plan.event)]
      return rows.map((ranking) => ranking.rows.map(({ name, ...row }) => row))
    }
    expect([seed, rankings(after)]).toEqual([seed, rankings(before)])
  }
})
