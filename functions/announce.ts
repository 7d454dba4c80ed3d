import { defineFunction, desk, put } from './define.ts'
import { noticesOf } from './rules/notices.ts'

const all = 'notices'

/** Keeps what is told to people, each notice with its withdrawal; `share` and `hand-out` bring it where it is due. */
export const announce = defineFunction({
  name: 'announce',
  on: { log: ['notice', 'void'] },
  key: (doc) => (doc.team === undefined ? all : null),
  owns: (place, id) => (place === 'desk' && id.startsWith('notice:') ? all : null),
  async handle(_keys, ctx) {
    const facts = (await ctx.factsOf(['staff'])).get('staff') ?? []
    return noticesOf(facts).map((notice) => put(desk, notice))
  },
})
