import type { MessageDoc } from '../../../design-docs/derived.ts'
import type { ChatFact, Fact } from '../../../design-docs/facts.ts'
import { sideOf } from '../../../functions/rules/side-of.ts'
import type { FactState } from '../../store/types.ts'

type Said = Pick<MessageDoc, 'fact' | 'kind' | 'text' | 'about' | 'replyTo' | 'by' | 'as' | 'device' | 'at'>
/** `waiting`: on this phone alone. `told`: of headquarters, whose messages have no state of their own. */
export type TalkLine = Said & { state: 'waiting' | 'refused' | 'sent' | 'read' | 'told' | 'taken-back' }

type Own = { facts: ReadonlyMap<string, Fact>; states: ReadonlyMap<string, FactState> }

/** A team's thread as this phone knows it: what has come back from the server, and what was written here since. */
export function talkLines(messages: readonly MessageDoc[], team: string, { facts, states }: Own): TalkLine[] {
  const known = new Set(messages.map(({ fact }) => fact))
  const takenBack = new Set([...facts.values()].flatMap((fact) => (fact.type === 'void' ? [fact.fact] : [])))
  const written = [...facts.values()].filter(
    (fact): fact is ChatFact => fact.type === 'chat' && fact.team === team && !known.has(fact._id),
  )
  const lines = [
    ...messages.map(
      (message): TalkLine => ({ ...message, state: takenBack.has(message.fact) ? 'taken-back' : stateOf(message) }),
    ),
    ...written.map(
      (fact): TalkLine => ({
        ...fact,
        fact: fact._id,
        state: takenBack.has(fact._id) ? 'taken-back' : deliveryOf(states.get(fact._id)),
      }),
    ),
  ]
  return lines.sort((one, other) => one.at - other.at || (one.fact < other.fact ? -1 : 1))
}

function stateOf({ as, takenBack, readAt }: MessageDoc): TalkLine['state'] {
  if (takenBack) return 'taken-back'
  if (sideOf(as) === 'headquarters') return 'told'
  return readAt === undefined ? 'sent' : 'read'
}

function deliveryOf(known: FactState | undefined): TalkLine['state'] {
  if (known?.state === 'refused') return 'refused'
  return known?.state === 'confirmed' ? 'sent' : 'waiting'
}
