import { type DatabaseKind, databaseName, databases } from '../../design-docs/databases.ts'
import type { Menu } from '../../design-docs/menus.ts'
import type { Clock } from '../device/clock.ts'
import { type CargoHold, createCargo } from './cargo.ts'
import { localDatabase } from './database.ts'
import type { Answer, Ask } from './http.ts'
import { createKeptOriginals, type KeptOriginals } from './kept-originals.ts'
import { createLedger, type Ledger } from './ledger.ts'
import { createMirror, type InnerMirror } from './mirror.ts'
import { createOutbox, type OutboxBook } from './outbox.ts'
import { askedDatabase, carriesUnder, parcelsDatabase } from './parcels/parcel-names.ts'
import type { Ports } from './ports.ts'
import { createPusher, type Pusher } from './push.ts'
import type { Who } from './types.ts'

/** Everything that this phone holds of one event. */
export type EventData = {
  event: string
  ledger: Ledger
  outbox: OutboxBook
  cargo: CargoHold
  keptOriginals: KeptOriginals
  /** Writes the facts of photos whose page ended between their bytes and their fact. */
  adoptPhotos(): Promise<void>
  pusher: Pusher
  mirror(kind: DatabaseKind, team?: string): InnerMirror
  /** Those that this person may read, in the order in which they are wanted. */
  mirrorsOf(who: Who): InnerMirror[]
  /** Where this person's phone has what staff know of teams. */
  carried(): 'roster' | 'gate'
  /** Removes what this person may not read, or no longer. */
  letGo(who: Who): Promise<void>
  /** Takes in what other tabs wrote. */
  refresh(): Promise<void>
  close(): Promise<void>
  /** Removes every trace of the event from this phone. */
  destroy(): Promise<void>
}

type Parts = {
  event: string
  ports: Ports
  clock: Clock
  ask(path: string, ask?: Ask): Promise<Answer>
  who(): Who | null
  opens(menu: Menu): boolean
  onWrite(): void
}

export async function openEventData({ event, ports, clock, ask, who, opens, onWrite }: Parts): Promise<EventData> {
  const open = (name: string) => localDatabase(ports.openDatabase, name)
  const ledger = createLedger(open(`zekken-${event}-ledger`), ports.app.version, onWrite)
  const outbox = createOutbox({
    database: open(`zekken-${event}-outbox`),
    clock,
    randomBytes: ports.random.bytes,
    who,
    onWrite,
  })
  const now = () => clock.stamp().at
  const cargo = createCargo({ database: open(`zekken-${event}-cargo`), ledger, ask, now, onWrite })
  const keptOriginals = createKeptOriginals({ cargo, ledger, storage: ports.storage, now })
  const pusher = createPusher({ ask, outbox, ledger, clock, version: ports.app.version })
  const mirrors = new Map<string, InnerMirror>()

  const mirrorNamed = (name: string) => {
    const known = mirrors.get(name)
    if (known) return known
    const made = createMirror({ name, open, ledger, ask, onWrite })
    mirrors.set(name, made)
    return made
  }
  const mirror: EventData['mirror'] = (kind, team) => mirrorNamed(databaseName(event, kind, team))

  const adoptPhotos = async () => {
    for (const [photo, { fact }] of cargo.crates.value) {
      if (outbox.facts.value.has(photo)) continue
      await outbox.write(fact, (await cargo.preview(photo)) ?? undefined)
    }
  }

  const refresh = async () => {
    await Promise.all([ledger.table.refresh(), outbox.table.refresh(), cargo.table.refresh()])
    await Promise.all([...mirrors.values()].map((one) => one.refresh()))
  }
  const tables = [ledger.table, outbox.table, cargo.table]
  await ledger.table.refresh()
  for (const name of ledger.mirrors.value.keys()) mirrorNamed(name)
  await refresh()
  await adoptPhotos()

  const carried = () => (opens('search') ? 'roster' : 'gate')
  const mirrorsOf: EventData['mirrorsOf'] = ({ role, teams }) => [
    ...(['board', carried(), ...(opens('attendance') ? (['figures'] as const) : [])] as const)
      .filter((kind) => databases[kind].readers.includes(role))
      .map((kind) => mirror(kind)),
    ...(databases.team.readers.includes(role) ? teams.map((team) => mirror('team', team)) : []),
  ]

  return {
    event,
    ledger,
    outbox,
    cargo,
    keptOriginals,
    adoptPhotos,
    pusher,
    mirror,
    mirrorsOf,
    carried,
    async letGo(who) {
      const kept = mirrorsOf(who)
      for (const kind of ['roster', 'gate', 'figures'] as const) {
        const one = mirror(kind)
        if (!kept.includes(one)) await one.drop()
      }
    },
    refresh,
    async close() {
      for (const one of mirrors.values()) await one.close()
      for (const { database } of tables) await database.close()
    },
    async destroy() {
      for (const [name, { shown, filling, old }] of ledger.mirrors.value) {
        await mirrors.get(name)?.close()
        for (const local of [shown, filling, old]) if (local) await open(local).destroy()
      }
      for (const { database } of tables) await database.destroy()
      for (const name of [parcelsDatabase(event), askedDatabase(event)]) await open(name).destroy()
      ports.keyValue.remove(carriesUnder)
    },
  }
}
