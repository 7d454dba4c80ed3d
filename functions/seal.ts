import type { Card, NoticeDoc } from '../design-docs/derived.ts'
import type { Fact } from '../design-docs/facts.ts'
import { attendanceId } from '../design-docs/ids.ts'
import {
  type ChangedDoc,
  type Doc,
  defineFunction,
  type Effect,
  type FunctionContext,
  gate,
  putOrRemove,
} from './define.ts'
import { bibOpener, sealedPrefix } from './rules/bib-opener.ts'
import { parseBib } from './rules/bib-qr.ts'
import { issuesIn } from './rules/issues-in.ts'
import { shownNotice } from './rules/notices.ts'
import { sealCard } from './rules/seal-card.ts'

/** The key under which everything that lies in `gate` is held against the bibs that there are. */
export const leftOvers = 'left-overs'

/**
 * Fills `gate` for staff who see a team only after scanning it: each card sealed once for every bib of the team that may be in
 * use, under every key that may have signed it, and what is said to staff. Apart from `share`, so that the roster does not wait
 * for the sealing. The unit of work is a team, or a document of `desk`.
 */
export const seal = defineFunction({
  name: 'seal',
  on: { desk: ['card', 'person', 'notice', 'attendance'] },
  key: (doc: ChangedDoc) => (doc._id.startsWith('card:') ? doc._id.slice('card:'.length) : doc._id),
  owns: (place, id) => (place !== 'gate' ? null : id.startsWith(sealedPrefix) ? leftOvers : id),
  paceMs: 250,
  async handle(keys, ctx) {
    const teams = keys.filter((key) => teamForm.test(key))
    const ids = keys.filter((key) => !teamForm.test(key) && key !== leftOvers)
    const [cards, facts, docs] = await Promise.all([ctx.cards(teams), ctx.factsOf(teams), ctx.deskDocs(ids)])
    const effects = await Promise.all([
      ...teams.map((team) => sealTeam({ team, card: cards.get(team), facts: facts.get(team) ?? [] }, ctx)),
      ...ids.map((id) => openDoc(id, docs.get(id), ctx.now())),
      ...(keys.includes(leftOvers) ? [removeLeftOvers(ctx)] : []),
    ])
    // In the order of ids, which says nothing: the order of teams would tell whose card is whose.
    return effects.flat().sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1))
  },
})

const teamForm = /^[A-Z0-9]+$/
const idOf = (effect: Effect) => ('id' in effect ? effect.id : 'doc' in effect ? effect.doc._id : '')

type TeamNow = { team: string; card: Card | undefined; facts: readonly Fact[] }

async function sealTeam({ team, card, facts }: TeamNow, ctx: FunctionContext): Promise<Effect[]> {
  const bibs = issuesIn(team, facts).map(async (issue) => {
    const isGood = card !== undefined && !card.revokedBibs.includes(issue)
    const openers = await openersOf({ number: team, issue }, ctx)
    const effects = openers.map(async (opener) =>
      putOrRemove(gate, opener.id, isGood ? await sealCard(card, opener) : null),
    )
    return await Promise.all(effects)
  })
  return (await Promise.all(bibs)).flat()
}

async function openersOf(bib: { number: string; issue: number }, ctx: FunctionContext) {
  const signatures = (await ctx.bibTexts(bib)).flatMap((text) => {
    const parsed = parseBib(text)
    return typeof parsed === 'string' ? [] : [parsed.signature]
  })
  return await Promise.all(signatures.map(bibOpener))
}

/** Who somebody is and what is said to staff is open to all of them. */
function openDoc(id: string, doc: Doc | undefined, nowMs: number): Effect[] {
  // Older versions laid the figures here, which whoever may not see them carries too.
  if (id === attendanceId) return [{ do: 'remove', at: gate, id }]
  if (!id.startsWith('notice:')) return [putOrRemove(gate, id, doc)]
  const { shown, places, nextAt } = shownNotice(doc as NoticeDoc | undefined, nowMs)
  const waits = places.gate && nextAt !== null
  return [
    putOrRemove(gate, id, places.gate ? shown : null),
    ...(waits ? [{ do: 'wake', key: id, at: nextAt } as const] : []),
  ]
}

/** Nothing names the team of a sealed card, so what a forgotten key has left is found only by making all that may be there. */
async function removeLeftOvers(ctx: FunctionContext): Promise<Effect[]> {
  const ids = await ctx.gateIds(sealedPrefix)
  const cards = await ctx.allCards()
  const facts = await ctx.factsOf([...cards.keys()])
  const wanted = new Set<string>()
  for (const [team, card] of cards) {
    const issues = issuesIn(team, facts.get(team) ?? []).filter((issue) => !card.revokedBibs.includes(issue))
    for (const issue of issues) for (const { id } of await openersOf({ number: team, issue }, ctx)) wanted.add(id)
  }
  return ids.filter((id) => !wanted.has(id)).map((id): Effect => ({ do: 'remove', at: gate, id }))
}
