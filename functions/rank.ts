import type { EventDoc } from '../design-docs/plan.ts'
import { defineFunction, desk, type Effect, put } from './define.ts'
import { RankingIndex } from './rules/ranking-index.ts'

/** Indexes by the plan they were made from; a changed plan is another object and needs another index. */
const indexes = new WeakMap<EventDoc, RankingIndex>()

/** Keeps the live rankings in `desk`, each a single document; a changed card moves its rows in an index in memory. */
export const rank = defineFunction({
  name: 'rank',
  on: { desk: ['event', 'card'] },
  key: (doc) => (doc.type === 'event' ? 'event' : doc._id.slice('card:'.length)),
  owns: (place, id) => (place === 'desk' && id.startsWith('ranking:') ? 'event' : null),
  slice: 10_000,
  paceMs: 400,
  async handle(keys, ctx) {
    const { event } = await ctx.plan()
    const cards = await ctx.allCards()
    const index = indexes.get(event) ?? new RankingIndex(event, cards.values())
    indexes.set(event, index)
    for (const key of keys) if (key !== 'event') index.change(key, cards.get(key) ?? null)
    // All classes, not those that the index says have changed: a call that is made again must ask for the same.
    const classes = new Set(event.classes.map(({ id }) => id))
    const rankings = [...classes].flatMap((id) => index.ranking(id) ?? []).map((ranking) => put(desk, ranking))
    if (!keys.includes('event')) return rankings
    const standing = await ctx.deskIds('ranking:')
    const gone = standing.filter((id) => !classes.has(id.slice('ranking:'.length)))
    return [...rankings, ...gone.map((id): Effect => ({ do: 'remove', at: desk, id }))]
  },
})
