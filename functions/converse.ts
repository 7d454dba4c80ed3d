import type { ArrivalFact, FactOf } from '../design-docs/facts.ts'
import { factTypeOf, messageId, threadId } from '../design-docs/ids.ts'
import { type ChangedDoc, defineFunction, desk, put } from './define.ts'
import { conversationOf } from './rules/conversation.ts'

/** Keeps what each team and headquarters say to each other: a document for each message, and one for how the thread stands. */
export const converse = defineFunction({
  name: 'converse',
  on: { log: ['chat', 'read', 'handling', 'void', 'arrival'] },
  key: (doc) => (concernsTalk(doc) ? (doc.team ?? null) : null),
  owns: (place, id) => (place === 'desk' ? (ownedBy.exec(id)?.[1] ?? null) : null),
  slice: 20,
  async handle(teams, ctx) {
    const facts = await ctx.factsOf(teams)
    return teams.flatMap((team) => {
      const { messages, thread } = conversationOf(facts.get(team) ?? [])
      return thread ? [...messages, thread].map((doc) => put(desk, doc)) : []
    })
  },
})

const ownedBy = new RegExp(`^(?:${messageId('')}|${threadId('')})([A-Z0-9]+)`)

/** Of what else teams record, only receipts and voids can be about a message. */
function concernsTalk(doc: ChangedDoc): boolean {
  const isTalk = (id: string) => ['chat', 'read', 'handling'].includes(factTypeOf(id) ?? '')
  if (doc.type === 'arrival') return (doc as unknown as ArrivalFact).facts.some(isTalk)
  return isTalk(doc.type === 'void' ? (doc as unknown as FactOf<'void'>).fact : doc._id)
}
