import type { Fact } from '../../design-docs/facts.ts'
import type { FunctionContext, FunctionSpec } from '../../functions/define.ts'
import type { Couch, CouchDoc, Database } from '../../sync-server/couch/client.ts'
import { event, type ServerBend } from './fuzz-server.ts'
import { fuzzedFunctions } from './fuzzed-functions.ts'
import type { Bend } from './run-seed.ts'

type ServerPart = Partial<ServerBend>

/** One function sees other facts than there are. */
const seeing = (name: string, change: (facts: Fact[], team: string) => Fact[]): ServerPart => ({
  functions: fuzzedFunctions.map(
    (spec): FunctionSpec =>
      spec.name === name
        ? {
            ...spec,
            handle: (keys, ctx) =>
              spec.handle(keys, {
                ...ctx,
                event: ctx.event,
                async factsOf(teams) {
                  const facts = await ctx.factsOf(teams)
                  return new Map([...facts].map(([team, own]) => [team, change(own, team)]))
                },
              } satisfies FunctionContext),
          }
        : spec,
  ),
})

export const ignoresVoids = () => seeing('settle', (facts) => facts.filter(({ type }) => type !== 'void'))

/** Orders facts by when the server had them. */
export const ordersByArrival = () =>
  seeing('settle', (facts) => {
    const arrivals = new Map<string, number>()
    for (const fact of facts) {
      if (fact.type !== 'arrival') continue
      for (const id of fact.facts)
        arrivals.set(id, Math.min(arrivals.get(id) ?? Number.POSITIVE_INFINITY, fact.receivedAt))
    }
    return facts.flatMap((fact) => {
      const at = arrivals.get(fact._id)
      if (fact.type === 'arrival') return []
      return [at === undefined ? fact : { ...fact, at, deviceAt: at, offsetMs: 0, measuredAt: at }]
    })
  })

/** Counts what is new instead of counting anew. */
export const countsOnlyNew = (): ServerPart => {
  const seen = new Map<string, Set<string>>()
  return seeing('settle', (facts, team) => {
    const before = seen.get(team) ?? new Set()
    seen.set(team, new Set(facts.map(({ _id }) => _id)))
    return facts.filter(({ _id, type }) => type === 'entry' || !before.has(_id))
  })
}

/** A moved check-in is gone from where it was and comes nowhere. */
export const losesMoves = () =>
  seeing('settle', (facts) => facts.filter((fact) => fact.type !== 'checkin' || fact.moved === undefined))

export const ignoresDeclaredTimes = () => seeing('settle', (facts) => facts.filter(({ type }) => type !== 'timing'))

export const keepsWhatWasTakenBack = () => seeing('converse', (facts) => facts.filter(({ type }) => type !== 'void'))

export const forgetsReading = () => seeing('converse', (facts) => facts.filter(({ type }) => type !== 'read'))

/** Whoever answers again is somebody else. */
export const countsEveryAnswer = () =>
  seeing('gather-answers', (facts) =>
    facts.map((fact) => (fact.type === 'answer' ? { ...fact, by: fact._id, device: fact._id } : fact)),
  )

export const handsNothingOut = (): ServerPart => ({
  functions: fuzzedFunctions.filter(({ name }) => name !== 'hand-out'),
})

/** A page that is on phones already stays there as it is. */
export const sharesPagesOnce = (): ServerPart => {
  const shared = new Set<string>()
  const isNew = (key: string) => !key.startsWith('page:') || (!shared.has(key) && shared.add(key) !== undefined)
  return {
    functions: fuzzedFunctions.map((spec) =>
      spec.name === 'share' ? { ...spec, handle: (keys, ctx) => spec.handle(keys.filter(isNew), ctx) } : spec,
    ),
  }
}

export const sharesNothing = (): ServerPart => ({ functions: fuzzedFunctions.filter(({ name }) => name !== 'share') })

/** A function that fails every second time until the world is healed, and is put right by being tried again. */
export const failsNowAndThen = (): Bend => {
  let calls = 0
  let ill = true
  const failing = (spec: FunctionSpec): FunctionSpec => ({
    ...spec,
    async handle(keys, ctx) {
      if (ill && ++calls % 2 === 0) throw new Error('a fault that passes')
      return spec.handle(keys, ctx)
    },
  })
  return {
    server: { functions: fuzzedFunctions.map((spec) => (spec.name === 'settle' ? failing(spec) : spec)) },
    onHeal() {
      ill = false
    },
  }
}

/** The same fault, but what failed is not kept, so it is lost with the process. */
export const dropsParked = (): Bend => {
  const { server, ...rest } = failsNowAndThen()
  return { ...rest, server: { ...server, couch: (couch) => swallowing(couch, ({ _id }) => _id.startsWith('parked:')) } }
}

/** Before `settle` writes what a batch came to, its position stands behind that batch already. */
export const positionFirst = (): ServerPart => ({
  couch(couch) {
    const at = (kind: string) => couch.database(`zk-${event}-${kind}`)
    const letGo = async () => {
      const [log, desk] = await Promise.all([at('log').info(), at('desk').info()])
      const since = { log: String(log.update_seq), desk: String(desk.update_seq) }
      const _id = `position:${event}:settle`
      const office = couch.database('zk-office')
      const known = await office.get(_id)
      await office.put({ ...(known ?? { _id, type: 'position', event, function: 'settle' }), since })
    }
    const wrap = (database: Database): Database => ({
      ...database,
      async bulk(docs, options) {
        if (docs.some(({ _id }) => _id.startsWith('verdict:'))) await letGo()
        return database.bulk(docs, options)
      },
    })
    return { ...couch, database: (name) => wrap(couch.database(name)) }
  },
})

/** Says that it has written such documents, and has not. */
function swallowing(couch: Couch, fits: (doc: CouchDoc) => boolean): Couch {
  const wrap = (database: Database): Database => ({
    ...database,
    async bulk(docs, options) {
      const written = docs.filter((doc) => !fits(doc))
      const rows = written.length > 0 ? await database.bulk(written, options) : []
      const found = new Map(rows.map((row) => [row.id, row]))
      return docs.map((doc) => found.get(doc._id) ?? { id: doc._id, ok: true, rev: '1-swallowed' })
    },
    put: async (doc) => (fits(doc) ? '1-swallowed' : database.put(doc)),
  })
  return { ...couch, database: (name) => wrap(couch.database(name)) }
}
