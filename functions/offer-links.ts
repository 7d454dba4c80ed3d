import type { OfferDoc } from '../design-docs/derived.ts'
import type { ArrivalFact, Fact, FactOf } from '../design-docs/facts.ts'
import { offerId, subjectOf } from '../design-docs/ids.ts'
import { defineFunction, type Effect, ofTeam, put } from './define.ts'
import { voidedFacts } from './rules/void-facts.ts'

/** So long after the server heard of it the phone may fetch what it asked for. */
const offeredMs = 24 * 3_600_000

/**
 * Answers what phones asked for without a signal: the offer of a picture, in the team's own database, which the device that
 * asked exchanges for a link when it is back. No link lies where the rest of the team reads.
 */
export const offerLinks = defineFunction({
  name: 'offer-links',
  on: { log: ['ask', 'photo', 'arrival', 'void'] },
  key: (doc) => doc.team ?? null,
  owns: (place, id) =>
    place === 'team' && id.startsWith(offerId('')) ? subjectOf(id.slice(offerId('').length)) : null,
  paceMs: 500,
  async handle(teams, ctx) {
    const facts = await ctx.factsOf(teams)
    return teams.flatMap((team) => offersOf(team, facts.get(team) ?? [], ctx))
  },
})

type At = { event: string; now(): number }

function offersOf(team: string, facts: readonly Fact[], { event, now }: At): Effect[] {
  const asks = facts.filter((fact): fact is FactOf<'ask'> => fact.type === 'ask')
  if (asks.length === 0) return []
  const arrivals = facts.filter((fact): fact is ArrivalFact => fact.type === 'arrival')
  const voided = voidedFacts(facts)
  const photos = new Set(facts.flatMap((fact) => (fact.type === 'photo' ? [fact._id] : [])))
  return asks.flatMap((ask): Effect[] => {
    const heard = arrivals.filter((one) => one.facts.includes(ask._id)).map(({ receivedAt }) => receivedAt)
    const until = Math.min(...(heard.length > 0 ? heard : [ask.at])) + offeredMs
    if (until <= now() || voided.has(ask._id)) return [{ do: 'remove', at: ofTeam(team), id: offerId(ask._id) }]
    const { photo, variant, device } = ask
    const doc: OfferDoc = {
      ...{ _id: offerId(ask._id), type: 'offer', event, team, fact: ask._id, photo, variant, device },
      state: photos.has(photo) ? 'open' : 'absent',
      until,
    }
    return [put(ofTeam(team), doc), { do: 'wake', key: team, at: until }]
  })
}
