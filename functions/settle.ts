import { defineFunction, desk, type Effect, everyTeam, put, putOrRemove } from './define.ts'
import { outcome } from './rules/outcome.ts'

/** Every fact that says something about a team. */
const teamFacts = [
  'entry',
  'correction',
  'ruling',
  'reception',
  'bind',
  'checkin',
  'photo',
  'arrival',
  'void',
  'review',
  'adjustment',
  'retire',
  'help',
  'timing',
  'back',
  'collected',
] as const

/** Judges and counts a team anew from all its facts. Recounting makes a re-run harmless; adding would not. */
export const settle = defineFunction({
  name: 'settle',
  on: { log: teamFacts, desk: ['event', 'checkpoint'] },
  key: (doc) => (doc.type === 'event' || doc.type === 'checkpoint' ? everyTeam : (doc.team ?? null)),
  owns: (place, id) => (place === 'desk' ? (/^(?:team|card|verdict):([A-Z0-9]+)/.exec(id)?.[1] ?? null) : null),
  async handle(teams, ctx) {
    const plan = await ctx.plan()
    const facts = await ctx.factsOf(teams)
    const before = await ctx.verdictsOf(teams)
    return teams.flatMap((number): Effect[] => {
      const { team, card, verdicts } = outcome(facts.get(number) ?? [], plan)
      const standing = new Set(verdicts.map(({ _id }) => _id))
      const gone = (before.get(number) ?? []).filter(({ _id }) => !standing.has(_id))
      return [
        putOrRemove(desk, `team:${number}`, team),
        ...verdicts.map((verdict) => put(desk, verdict)),
        putOrRemove(desk, `card:${number}`, card),
        ...gone.map(({ _id }): Effect => ({ do: 'remove', at: desk, id: _id })),
      ]
    })
  },
})
