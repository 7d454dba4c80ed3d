import { defineFunction, desk, everyTeam, type FunctionSpec, put } from '../../../functions/define.ts'
import { factMaker } from '../../rules/make-facts.ts'

export const entryOf = (team: string) => factMaker(team).entry()
/** So many numbers of teams, the first of them 1001. */
export const teams = (count: number) => Array.from({ length: count }, (_, n) => `${1001 + n}`)

/** Notes each call and writes one document a team; `fails` says for which it throws. */
export function probe(options: { fails?: (key: string) => boolean; plan?: boolean; slice?: number } = {}) {
  const calls: string[][] = []
  const spec: FunctionSpec = defineFunction({
    name: 'probe',
    on: { log: ['entry', 'checkin'], ...(options.plan && { desk: ['event'] }) },
    key: (doc) => (doc.type === 'event' ? everyTeam : (doc.team ?? null)),
    ...(options.slice && { slice: options.slice }),
    async handle(keys, ctx) {
      calls.push([...keys])
      const facts = await ctx.factsOf(keys)
      if (keys.some((key) => options.fails?.(key))) throw new Error('it does not work')
      return keys.map((key) => put(desk, { _id: `probe:${key}`, count: facts.get(key)?.length ?? 0 } as never))
    },
  })
  return { spec, calls }
}
