import type { Card, Verdict } from '../../design-docs/derived.ts'
import type { Fact } from '../../design-docs/facts.ts'
import type { World as AnyWorld } from './actions.ts'
import { checkFilm } from './check-film.ts'
import { checkTalk } from './check-talk.ts'
import type { FuzzPhone, Kept } from './fuzz-phone.ts'
import { event, type FuzzServer, teams } from './fuzz-server.ts'
import { fuzzedFunctions } from './fuzzed-functions.ts'
import { fail, same } from './same.ts'

/** A world whose server is in this process, where everything can be looked at. */
export type World = AnyWorld & { server: FuzzServer }

/** A clock that was heard is this exact; one that was changed offline is put right to within what transport may take. */
const heardMs = 2_000
const correctedMs = 61_000

/** Brings every link back, everybody signs in again, everything is offered again, until nothing moves. */
export async function heal({ server, phones, pass, restored }: World): Promise<void> {
  for (const phone of phones) {
    phone.link.intercept(null)
    phone.link.restore()
    pass(120_000)
    await phone.reload()
    // A restored server has forgotten who was signed in since.
    const { state, who } = phone.store.session
    if (restored) for (const account of [...phone.accounts]) await phone.signIn(account)
    else if (state.value !== 'signed-in') await phone.signIn(who.value?.account ?? `${phone.name}-1`)
    await phone.store.outbox.tryAgain()
    await phone.store.sync()
  }
  for (let round = 0; round < 2; round++) {
    await server.drain()
    pass(120_000)
    await server.drain()
  }
  await server.runner().redrive()
  await server.drain()
  for (const phone of phones) {
    pass(120_000)
    await phone.reload()
    await phone.store.sync()
  }
}

/** Everything that must hold once all have met; the first thing that does not is thrown. */
export async function check(world: World): Promise<void> {
  const { server, phones } = world
  const facts = await docsOf(world, 'log')
  const atDesk = [...facts.values()].filter(({ _id }) => server.office.made.has(_id))
  const kept = [
    ...phones.flatMap((phone) => survivors(phone)),
    ...atDesk.map((fact): Kept => ({ fact, trueAt: Number.NaN, clock: 'tampered' })),
  ]
  for (const phone of phones) {
    same(phone.store.status.unsent.value, 0, `${phone.name} has nothing unsent`)
    same(phone.store.status.photosUnsent.value.count, 0, `${phone.name} has no photo unsent`)
    for (const { fact } of phone.kept) if (!facts.has(fact._id)) fail(`lost: ${fact._id} of ${phone.name}`)
  }
  for (const id of facts.keys()) {
    if (['entry', 'arrival', 'original'].includes(id.split(':')[1] ?? '')) continue
    if (!kept.some(({ fact }) => fact._id === id)) fail(`nobody made ${id}`)
  }
  await checkMirrors(world)
  await checkTeamMirrors(world)
  const voided = new Set(kept.flatMap(({ fact }) => (fact.type === 'void' ? [fact.fact] : [])))
  await checkOutcome(world, kept, voided)
  const desk = await docsOf(world, 'desk')
  await checkFilm(world, { facts, desk })
  checkTalk({ kept, voided, desk, board: await docsOf(world, 'board') })

  const before = await everything(world)
  for (const { name } of fuzzedFunctions) await server.runner().replay(name)
  await server.drain()
  same(await everything(world), before, 'a replay from zero changes nothing')
  same((await server.runner().sweep()).differences, [], 'the sweep finds no difference')
  same(server.runner().parked(), [], 'nothing is parked')
}

/** What a phone holds in the end: all it was told are kept, and perhaps the one whose page was lost while writing. */
function survivors(phone: FuzzPhone): Kept[] {
  const known = new Set(phone.kept.map(({ fact }) => fact._id))
  const others = [...phone.store.outbox.facts.value.values()].filter(({ _id }) => !known.has(_id))
  return [...phone.kept, ...others.map((fact): Kept => ({ fact, trueAt: Number.NaN, clock: 'tampered' }))]
}

async function checkMirrors(world: World): Promise<void> {
  for (const kind of ['board', 'roster', 'gate', 'figures'] as const) {
    const theirs = await revisions(world, kind)
    for (const phone of world.phones) {
      // Whoever may not search has the cards sealed, and teams have none but their own.
      if (kind === (phone.role === 'staff' ? 'roster' : 'gate')) continue
      if (kind !== 'board' && phone.role === 'participant') continue
      const { docs, state } = phone.store.mirrors[kind]
      same(state.value, 'complete', `${phone.name} has all of ${kind}`)
      same(sorted([...docs.value].map(([id, doc]) => [id, doc._rev])), theirs, `${phone.name} shows ${kind} as it is`)
    }
  }
}

/** What a team reads on its phone is what was handed out to it, and that is all of its own. */
async function checkTeamMirrors(world: World): Promise<void> {
  const desk = [...(await docsOf(world, 'desk')).keys()]
  for (const team of teams) {
    const own = desk.filter((id) =>
      new RegExp(`^(?:(?:card|portrait):${team}$|(?:verdict|image|message):${team}:)`).test(id),
    )
    const held = [...(await docsOf(world, `team-${team}`)).keys()].filter((id) => !id.startsWith('bib:'))
    same(held.sort(), own.sort(), `team ${team} was handed what is its own`)
  }
  for (const phone of world.phones) {
    for (const team of phone.teams) {
      const { docs, state } = phone.store.mirrors.team(team)
      same(state.value, 'complete', `${phone.name} has all of its team`)
      const shown = sorted([...docs.value].map(([id, doc]) => [id, doc._rev]))
      same(shown, await revisions(world, `team-${team}`), `${phone.name} shows its team as it is`)
    }
  }
}

/** An oracle that knows nothing of the rules' code: names, standing check-ins, points given by hand, times. */
async function checkOutcome(world: World, kept: readonly Kept[], voided: ReadonlySet<string>): Promise<void> {
  const roster = await docsOf(world, 'roster')
  const desk = await docsOf(world, 'desk')
  for (const team of teams) {
    const card = roster.get(`card:${team}`) as unknown as Card | undefined
    if (!card) return fail(`team ${team} has no card on the roster`)
    const own = kept.filter(({ fact }) => fact.team === team)
    const corrections = own.flatMap(({ fact, trueAt }) => (fact.type === 'correction' ? [{ is: fact.is, trueAt }] : []))
    const last = corrections.sort((a, b) => a.trueAt - b.trueAt).at(-1)
    same(card.name, last?.is ?? `Team ${team}`, `the last name of team ${team} holds`)
    const given = own.reduce((sum, { fact }) => sum + (fact.type === 'adjustment' ? fact.points : 0), 0)
    same(card.points.adjustment, given, `points given to team ${team}`)
    const standing = own
      .filter(({ fact }) => fact.type === 'checkin' && !voided.has(fact._id))
      .map(({ fact }) => fact._id)
    const judged = [...desk.keys()]
      .filter((id) => id.startsWith(`verdict:${team}:`))
      .map((id) => id.slice('verdict:'.length))
    same(judged.sort(), standing.sort(), `the check-ins of team ${team} that stand`)
  }
  for (const { fact, trueAt, clock } of kept) {
    if (fact.type !== 'checkin' || voided.has(fact._id) || Number.isNaN(trueAt)) continue
    const verdict = desk.get(`verdict:${fact._id}`) as unknown as Verdict
    const offMs = Math.abs(verdict.at - trueAt)
    if (clock === 'sane' && fact.measuredAt !== null && offMs > heardMs) fail(`${fact._id} is off by ${offMs} ms`)
    const doubted = verdict.reasons.some((reason) => reason === 'clock-skew' || reason === 'late-delivery')
    if (offMs > correctedMs && !doubted) fail(`${fact._id} is off by ${offMs} ms and nobody doubts it`)
  }
}

const kinds = [
  'log',
  'desk',
  'board',
  'roster',
  'gate',
  'figures',
  ...teams.map((team) => `team-${team}` as const),
] as const
type Kind = (typeof kinds)[number]

async function docsOf({ server }: World, kind: Kind): Promise<Map<string, Fact>> {
  const rows = await server.couch().database(`zk-${event}-${kind}`).all({ includeDocs: true, conflicts: true })
  const own = rows.filter(({ id }) => !id.startsWith('_design/'))
  for (const { id, doc } of own) if (doc?._conflicts) fail(`${kind} holds ${id} twice`)
  return new Map(own.map(({ id, doc }) => [id, doc as unknown as Fact]))
}

async function revisions({ server }: World, kind: Kind): Promise<string[]> {
  const rows = await server.couch().database(`zk-${event}-${kind}`).all()
  return sorted(rows.filter(({ id }) => !id.startsWith('_design/')).map(({ id, rev }) => [id, rev]))
}

async function everything(world: World): Promise<string[][]> {
  return Promise.all(kinds.map((kind) => revisions(world, kind)))
}

const sorted = (pairs: string[][]) => pairs.map((pair) => pair.join(' ')).sort()
