import { setTimeout as pause } from 'node:timers/promises'
import http from 'pouchdb-adapter-http'
import memory from 'pouchdb-adapter-memory'
import PouchDB from 'pouchdb-core'
import replication from 'pouchdb-replication'
import { type DatabaseKind, databaseName } from '../../../design-docs/databases.ts'
import type { Zekken } from '../../support/start-zekken.ts'

PouchDB.plugin(memory).plugin(http)
// The embedded server's own PouchDB, in this process for the data of the trial, may have it already.
if (!('replicate' in PouchDB.prototype)) PouchDB.plugin(replication)

const mirrored = ['board', 'team'] as const satisfies readonly DatabaseKind[]

/** A team's database is made a while after the team has entered; PouchDB takes a refusal for an answer here. */
async function thereFor(remote: PouchDB.Database): Promise<void> {
  while ((await remote.info()).update_seq === undefined) await pause(500)
}

/** As many phones with nothing but PouchDB's own live replication of the same databases; tells of each document that comes. */
export async function openPlainCrowd(zekken: Zekken, teams: readonly string[], arrived: (id: string) => void) {
  const { generation } = (await (await fetch(`${zekken.url}/db/`)).json()) as { generation: string }
  const running: { cancel(): void }[] = []
  const databases: PouchDB.Database[] = []
  const waiting = [...teams]

  const follow = async (team: string) => {
    const token = await zekken.token('participant', [team])
    const asked: NonNullable<PouchDB.Configuration.RemoteDatabaseConfiguration['fetch']> = (url, options) => {
      const headers = new Headers(options?.headers)
      headers.set('authorization', `Bearer ${token}`)
      const ask = () => fetch(url, { ...options, headers })
      // A connection that the server had just closed, which browsers try again by themselves.
      return ask().catch((error) => (options?.signal?.aborted ? Promise.reject(error) : ask()))
    }
    for (const kind of mirrored) {
      const local = new PouchDB(`plain-${team}-${kind}`, { adapter: 'memory', auto_compaction: true, revs_limit: 20 })
      const remote = new PouchDB(`${zekken.url}/db/${generation}/${databaseName(zekken.event, kind, team)}`, {
        skip_setup: true,
        fetch: asked,
      })
      databases.push(local)
      await thereFor(remote)
      await local.replicate.from(remote, { checkpoint: 'target' })
      running.push(local.replicate.from(remote, { live: true, retry: true, checkpoint: 'target' }))
      if (kind !== 'board') continue
      const changes = local.changes({ live: true, since: 'now' })
      running.push(changes.on('change', ({ id }) => arrived(id)))
    }
  }
  const gate = async () => {
    for (let team = waiting.shift(); team !== undefined; team = waiting.shift()) await follow(team)
  }
  await Promise.all(Array.from({ length: 8 }, gate))
  return {
    async close() {
      for (const one of running) one.cancel()
      await Promise.all(databases.map((database) => database.close()))
    },
  }
}
