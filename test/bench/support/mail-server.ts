/**
 * A mail server in a process of its own, so that it can be killed: `PORT FILE SEED [calm]`. It refuses 5 % of mails for
 * a while and drops 2 % of connections, each at a random point, and writes down what it takes before it answers.
 */
import { appendFileSync } from 'node:fs'
import { type Behaviour, startMailServer } from '../../post/support/mail-server.ts'

const [port = '0', file = '', seed = '1', mood = 'rough'] = process.argv.slice(2)

/** https://en.wikipedia.org/wiki/Linear_congruential_generator, with the figures of Numerical Recipes. */
let state = Number(seed)
const random = () => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0
  return state / 2 ** 32
}

type Fate =
  | 'well'
  | 'refused-recipient'
  | 'refused-message'
  | 'dropped-recipient'
  | 'dropped-message'
  | 'dropped-answer'
const fates = new Map<string, Fate>()
function drawn(): Fate {
  const first = random()
  if (mood === 'calm' || first > 0.07) return 'well'
  if (first < 0.05) return random() < 0.5 ? 'refused-recipient' : 'refused-message'
  return (['dropped-recipient', 'dropped-message', 'dropped-answer'] as const)[Math.floor(random() * 3)] ?? 'well'
}

const behaviour: Behaviour = {
  recipient(to) {
    const fate = drawn()
    fates.set(to, fate)
    return fate === 'refused-recipient' ? 450 : fate === 'dropped-recipient' ? 'drop' : null
  },
  message(to) {
    const fate = fates.get(to)
    return fate === 'refused-message' ? 451 : fate === 'dropped-message' ? 'drop' : null
  },
  answer(to) {
    const { user, messageId, at } = server.arrived.at(-1) ?? { user: '', messageId: '', at: 0 }
    appendFileSync(file, `${JSON.stringify({ user, to, messageId, at })}\n`)
    return fates.get(to) === 'dropped-answer' ? 'drop' : null
  },
}
const server = await startMailServer(behaviour, Number(port))
process.stdout.write(`${server.port}\n`)
