import type { Fact } from '../../design-docs/facts.ts'
import type { FuzzOffice } from './fuzz-office.ts'
import type { FuzzPhone } from './fuzz-phone.ts'
import { checkpoints, event, type FuzzServer, teams } from './fuzz-server.ts'
import { makeFilm } from './make-film.ts'
import { officeActions } from './office-actions.ts'
import { peopleActions } from './people-actions.ts'
import type { Random } from './random.ts'

export type WorldServer = Omit<FuzzServer, 'clock' | 'runner' | 'couch' | 'storage' | 'office' | 'close'> & {
  clock: { now(): number }
  /** Absent where the server is another process. */
  office?: FuzzOffice
  drain(): Promise<void>
}
export type World = {
  server: WorldServer
  phones: FuzzPhone[]
  random: Random
  pass(ms: number): void
  restored?: boolean
}
export type Action = { weight: number; act(world: World, phone: FuzzPhone): Promise<void> }

const undone: readonly string[] = ['checkin', 'chat', 'answer']
const names = ['やまびこ', 'せせらぎ', 'こもれび', 'あさぎり']
const headers = () => ({ 'x-zekken-time': '0' })

/** Everything that happens in a fuzz, by how often. */
const actions: Record<string, Action> = {
  checkin: { weight: 30, act: ({ random }, phone) => phone.append(someCheckin(random, phone)) },
  name: {
    weight: 7,
    async act({ random }, phone) {
      // The last name by time holds: only a phone whose clock nobody touched can say when that was.
      if (phone.clock !== 'sane' || phone.role !== 'staff') return
      const is = `${random.pick(names)} ${random.below(1000)}`
      await phone.append({ type: 'correction', team: random.pick(teams), field: 'name', was: '', is })
    },
  },
  points: {
    weight: 5,
    async act({ random }, phone) {
      if (phone.role !== 'judge') return
      await phone.append({
        type: 'adjustment',
        team: random.pick(teams),
        points: 1 + random.below(50),
        reason: 'found it',
      })
    },
  },
  undo: {
    weight: 8,
    async act({ random }, phone) {
      const own = phone.kept.map(({ fact }) => fact).filter(({ type }) => undone.includes(type))
      const free = own.filter(({ _id, by }) => !isVoided(phone, _id) && by === phone.store.session.who.value?.account)
      if (free.length === 0) return
      const { _id, team } = random.pick(free)
      await phone.append({ type: 'void', ...(team && { team }), fact: _id, reason: 'mistake' })
    },
  },
  photo: {
    weight: 9,
    act: ({ random }, phone) => phone.takePhoto(somePhoto(random, phone), makeFilm(random)),
  },
  sync: { weight: 26, act: async (_, phone) => void (await phone.store.sync()) },
  'broken sync': {
    weight: 12,
    async act({ random }, phone) {
      const survives = random.below(5)
      let requests = 0
      phone.link.intercept((path) => {
        if (requests++ < survives) return null
        phone.link.intercept(null)
        phone.link.cut(path.endsWith('_bulk_docs') || random.chance(0.5) ? 'answers' : 'requests')
        return null
      })
      await phone.store.sync()
      phone.link.intercept(null)
      if (random.chance(0.7)) phone.link.restore()
    },
  },
  'link back': { weight: 12, act: async (_, { link }) => link.restore() },
  refusal: {
    weight: 4,
    async act({ random }, phone) {
      const code = random.pick(['ZK-FACT-001', 'ZK-GATE-005'])
      phone.link.intercept((path, init) => {
        if (!path.endsWith('_bulk_docs') || init.method !== 'POST') return null
        const ids = [...phone.store.outbox.states.value].filter(([, { state }]) => state === 'unsent').map(([id]) => id)
        return new Response(JSON.stringify(ids.map((id) => ({ id, error: 'forbidden', reason: code, code }))), {
          status: 201,
          headers: headers(),
        })
      })
      await phone.store.sync()
      phone.link.intercept(null)
    },
  },
  reload: { weight: 8, act: (_, phone) => phone.reload() },
  'page lost while writing': {
    weight: 4,
    async act({ random }, phone) {
      // Whether this fact survives is open; that the page ends in the middle of it must harm no other.
      phone.append(someCheckin(random, phone)).catch(() => undefined)
      await phone.reload()
    },
  },
  'page lost while taking a photo': {
    weight: 4,
    async act({ random }, phone) {
      // Bytes and record are written one after the other: what was taken by then is taken whole.
      phone.takePhoto(somePhoto(random, phone), makeFilm(random)).catch(() => undefined)
      for (let turns = random.below(12); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
      await phone.reload()
    },
  },
  'clock set': {
    weight: 3,
    async act({ random }, phone) {
      if (phone.role !== 'judge') return
      phone.clock = 'tampered'
      phone.device.clock.set(phone.device.clock.wallMs + random.pick([-3_600_000, 1_800_000, 86_400_000]))
    },
  },
  'shift change': {
    weight: 3,
    async act(_, phone) {
      phone.link.restore()
      await phone.store.session.leave()
      await phone.signIn(`${phone.name}-${phone.accounts.length + 1}`)
    },
  },
  drain: { weight: 6, act: ({ server }) => server.drain() },
  crash: { weight: 2, act: ({ server }) => server.crash() },
  'power cut': {
    weight: 3,
    async act({ server, phones }) {
      const confirmed = phones.flatMap(({ store }) =>
        [...store.outbox.states.value].filter(([, { state }]) => state === 'confirmed').map(([id]) => id),
      )
      await server.cutPower(new Set(confirmed))
    },
  },
  'crash at a position': { weight: 4, act: crashAtPosition },
  'crash during a sync': {
    weight: 3,
    async act({ random, server }, phone) {
      const syncing = phone.store.sync()
      for (let turns = random.below(60); turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
      await server.crash()
      await syncing
    },
  },
  copy: { weight: 4, act: ({ server }) => server.copy() },
  restore: {
    weight: 4,
    async act(world) {
      if (await world.server.restore()) world.restored = true
    },
  },
  ...peopleActions,
  ...officeActions,
}

/** The server ends between what a batch of a function wrote and the position that lets go of the batch, or just after. */
export async function crashAtPosition({ random, server }: World, phone: FuzzPhone): Promise<void> {
  const position = `position:${event}:${random.pick(['settle', 'settle', 'share', 'develop', ''])}`
  const fits = ({ ids }: { ids: readonly string[] }) => ids.some((id) => id.startsWith(position))
  await phone.append(someCheckin(random, phone))
  await server.crashAt({ fits, when: random.pick(['before', 'after'] as const) }, () => phone.store.sync())
}

const bag = Object.entries(actions).flatMap(([name, { weight }]) => Array<string>(weight).fill(name))

/** One thing happens, and some time passes; answers what it was. */
export async function step(world: World): Promise<string> {
  const name = world.random.pick(bag)
  const phone = world.random.pick(world.phones)
  world.pass(5_000 + world.random.below(120_000))
  await actions[name]?.act(world, phone)
  return `${phone.name} ${name}`
}

function someCheckin(random: Random, phone: FuzzPhone) {
  const team = phone.teams[0] ?? random.pick(teams)
  const method = phone.role === 'judge' ? 'manual' : phone.role === 'participant' ? 'photo' : 'qr'
  const verified = phone.role !== 'participant'
  return { type: 'checkin', team, checkpoint: random.pick(checkpoints), method, verified } as const
}

function somePhoto(random: Random, phone: FuzzPhone) {
  const own = phone.kept.map(({ fact }) => fact).filter(({ type }) => type === 'checkin')
  const of = own.length > 0 && random.chance(0.7) ? random.pick(own) : null
  const takenAt = phone.store.outbox.stamp().at
  const { team = '' } = of ?? { team: phone.teams[0] ?? random.pick(teams) }
  const what = of ? ({ checkin: of._id, purpose: 'checkin' } as const) : ({ purpose: 'portrait' } as const)
  return { type: 'photo', team, ...what, takenAt, width: 60, height: 42, contentType: 'image/jpeg' } as const
}

const isVoided = (phone: FuzzPhone, id: string) =>
  phone.kept.some(({ fact }: { fact: Fact }) => fact.type === 'void' && fact.fact === id)
