import type { MessageDoc, ThreadDoc } from '../../design-docs/derived.ts'
import type { ChatFact, Fact, FactOf } from '../../design-docs/facts.ts'
import { messageId } from '../../design-docs/ids.ts'
import { type Side, sideOf } from './side-of.ts'
import { threadOf } from './thread-of.ts'
import { mayVoid } from './void-facts.ts'

/** Facts of a thread in the order in which they were made, as far as that is known. */
type At<F extends Fact> = { fact: F; at: number }

/** What a team and headquarters said to each other, oldest first, and how it stands; null where nothing was said or done. */
export function conversationOf(facts: readonly Fact[]): { messages: MessageDoc[]; thread: ThreadDoc | null } {
  const received = receiptsOf(facts)
  const inOrder = <T extends Fact['type']>(type: T): At<FactOf<T>>[] =>
    facts
      .filter((fact): fact is FactOf<T> => fact.type === type)
      .map((fact) => ({ fact, at: Math.min(fact.at, received.get(fact._id) ?? Number.POSITIVE_INFINITY) }))
      .sort((one, other) => one.at - other.at || (one.fact._id < other.fact._id ? -1 : 1))
  const chats = inOrder('chat')
  const steps = inOrder('handling')
  if (chats.length === 0 && steps.length === 0) return { messages: [], thread: null }
  const reads = firstReads(inOrder('read'))
  const voids = inOrder('void')
  const messages = chats.map((chat) => messageOf(chat, { reads, voids }))
  return { messages, thread: threadOf(messages, steps) }
}

/** The server's time of the earliest receipt, by fact. Nothing was said after it had arrived, whatever a phone's clock held. */
function receiptsOf(facts: readonly Fact[]): Map<string, number> {
  const first = new Map<string, number>()
  for (const fact of facts) {
    if (fact.type !== 'arrival') continue
    for (const id of fact.facts) first.set(id, Math.min(fact.receivedAt, first.get(id) ?? fact.receivedAt))
  }
  return first
}

type FirstReads = Map<string, { at: number; by: string }>
const readKey = (side: Side, message: string) => `${side} ${message}`

/** Which side had which message on a screen first when. */
function firstReads(reads: readonly At<FactOf<'read'>>[]): FirstReads {
  const first: FirstReads = new Map()
  for (const { fact, at } of reads) {
    for (const message of fact.messages) {
      const key = readKey(sideOf(fact.as), message)
      if (!first.has(key)) first.set(key, { at, by: fact.by })
    }
  }
  return first
}

function messageOf(
  { fact, at }: At<ChatFact>,
  { reads, voids }: { reads: FirstReads; voids: readonly At<FactOf<'void'>>[] },
): MessageDoc {
  const { _id, event, team, kind, text, about, replyTo, by, as, device } = fact
  const read = reads.get(readKey(sideOf(as) === 'team' ? 'headquarters' : 'team', _id))
  const taken = voids.find((one) => one.fact.fact === _id && mayVoid(one.fact, fact))
  return {
    _id: messageId(_id),
    type: 'message',
    event,
    team,
    fact: _id,
    ...{ kind, text, by, as, device, at },
    ...(about === undefined ? {} : { about }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(read ? { readAt: read.at, readBy: read.by } : {}),
    ...(taken ? { takenBack: { at: taken.at, by: taken.fact.by } } : {}),
  }
}
