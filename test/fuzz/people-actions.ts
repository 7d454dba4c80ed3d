import type { ChatFact } from '../../design-docs/facts.ts'
import type { Action } from './actions.ts'
import type { FuzzPhone } from './fuzz-phone.ts'
import { survey, teams } from './fuzz-server.ts'

const words = ['どこですか', '今行きます', 'ありがとう', '雨です']

/** Whose thread a phone writes in: a team its own, headquarters any; other staff have no part in it. */
const speaksFor = ({ role, teams: own }: FuzzPhone) => (role === 'participant' ? own : role === 'judge' ? teams : [])

/** What people say to each other and to surveys, and what judges declare. */
export const peopleActions: Record<string, Action> = {
  chat: {
    weight: 8,
    async act({ random }, phone) {
      const threads = speaksFor(phone)
      if (threads.length === 0) return
      const kind = random.pick(['text', 'question'] as const)
      await phone.append({ type: 'chat', team: random.pick(threads), kind, text: random.pick(words) })
    },
  },
  read: {
    weight: 9,
    async act({ random, phones }, phone) {
      const threads = speaksFor(phone)
      // Headquarters reads at the console, which shows at once what the server has; a team what is on its phone.
      const said =
        phone.role === 'judge'
          ? phones.flatMap(({ store, kept }) =>
              kept.flatMap(({ fact }) =>
                fact.type === 'chat' && store.outbox.states.value.get(fact._id)?.state === 'confirmed' ? [fact] : [],
              ),
            )
          : threads.flatMap((team) => [
              ...phone.store.mirrors
                .team(team)
                .withPrefix('message:')
                .value.map((one) => ({ _id: one.fact, team, as: one.as }) as ChatFact),
            ])
      // A side marks what the other one said.
      const others = said.filter((one) => (one.as === 'participant') !== (phone.role === 'participant'))
      if (others.length === 0) return
      const { team } = random.pick(others)
      const messages = others.filter((one) => one.team === team).map(({ _id }) => _id)
      await phone.append({ type: 'read', team, messages: messages.slice(-5) })
    },
  },
  handling: {
    weight: 2,
    async act({ random }, phone) {
      if (phone.role !== 'judge') return
      await phone.append({ type: 'handling', team: random.pick(teams), step: random.pick(['done', 'reopen'] as const) })
    },
  },
  answer: {
    weight: 6,
    async act({ random }, phone) {
      const [team] = phone.teams
      const answers = { good: random.pick(['yes', 'no']) }
      await phone.append({ type: 'answer', survey, answers, ...(team === undefined ? {} : { team }) })
    },
  },
  timing: {
    weight: 4,
    async act({ random, server }, phone) {
      // As with names: who was last is known of sane clocks alone.
      if (phone.role !== 'judge' || phone.clock !== 'sane') return
      const is = server.clock.now() - random.below(3_600_000)
      const kind = random.pick(['start', 'finish'] as const)
      await phone.append({ type: 'timing', team: random.pick(teams), kind, is, reason: 'the bus was late' })
    },
  },
  'given up': {
    weight: 2,
    act: ({ random }, phone) =>
      phone.append({ type: 'retire', team: phone.teams[0] ?? random.pick(teams), reason: 'tired' }),
  },
  back: {
    weight: 2,
    async act({ random }, phone) {
      if (phone.role !== 'participant') await phone.append({ type: 'back', team: random.pick(teams) })
    },
  },
}
