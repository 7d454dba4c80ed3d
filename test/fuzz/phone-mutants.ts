import type { Ports } from '../../app/store/ports.ts'
import type { FuzzPhone, PhoneBend } from './fuzz-phone.ts'

type Fetch = Ports['fetch']
const ours = { 'x-zekken-time': '0', 'content-type': 'application/json' }

/** Answers are passed on as `change` leaves them; the clock in the header stays what it was. */
const bent =
  (change: (path: string, init: RequestInit, answer: Response) => Promise<Response> | Response) =>
  (fetch: Fetch): Fetch =>
  async (path, init) =>
    change(path, init, await fetch(path, init))

/** Believes that what was sent arrived: nothing is asked for by id. */
export const trustsOk: PhoneBend = {
  fetch: (fetch) => async (path, init) => {
    if (!path.endsWith('_revs_diff')) return fetch(path, init)
    const time = (await fetch('/db/', { method: 'GET' })).headers.get('x-zekken-time') ?? '0'
    return new Response('{}', { headers: { ...ours, 'x-zekken-time': time } })
  },
}

/** What was confirmed once is never asked for again, so a restored server is not given it. */
export const neverSendsAgain: PhoneBend = {
  fetch: (fetch, phone) =>
    bent(async (path, _init, answer) => {
      if (!path.endsWith('_revs_diff') || !answer.ok) return answer
      const missing = Object.entries((await answer.json()) as Record<string, unknown>)
      const states = phone.store.outbox.states.value
      const open = missing.filter(([id]) => states.get(id)?.state !== 'confirmed')
      return new Response(JSON.stringify(Object.fromEntries(open)), { headers: answer.headers })
    })(fetch),
}

/** `append` answers before the fact is written; a page that ends meanwhile takes it along. */
export const acknowledgesEarly: PhoneBend = {
  ports: (ports, phone) => ({
    ...ports,
    openDatabase(name) {
      const database = ports.openDatabase(name)
      if (!name.endsWith('-outbox')) return database
      const page = phone.store
      const bulkDocs = database.bulkDocs.bind(database)
      let waiting: PouchDB.Core.PutDocument<object>[] = []
      return Object.assign(Object.create(database) as PouchDB.Database, {
        async bulkDocs(docs: PouchDB.Core.PutDocument<object>[]) {
          waiting.push(...docs)
          return docs.map(({ _id = '' }) => ({ ok: true, id: _id, rev: '1-0' }))
        },
        async changes(options: PouchDB.Core.ChangesOptions) {
          const late = waiting
          waiting = []
          // Written when next somebody looks, unless the page is another by then.
          if (late.length > 1 && phone.store === page) await bulkDocs(late)
          else waiting = late
          return database.changes(options)
        },
      })
    },
  }),
}

const refusedBy = new WeakMap<FuzzPhone, Set<string>>()

/** A refused fact is thrown away. */
export const dropsRefused: PhoneBend = {
  fetch: (fetch, phone) => {
    const refused = refusedBy.get(phone) ?? new Set<string>()
    refusedBy.set(phone, refused)
    return bent(async (path, _init, answer) => {
      if (path.endsWith('_bulk_docs') && answer.ok) {
        const rows = (await answer.clone().json()) as { id: string; error?: string }[]
        for (const { id, error } of rows) if (error) refused.add(id)
        return new Response('[]', { status: 201, headers: answer.headers })
      }
      if (!path.endsWith('_revs_diff') || !answer.ok) return answer
      const missing = Object.entries((await answer.json()) as Record<string, unknown>)
      return new Response(JSON.stringify(Object.fromEntries(missing.filter(([id]) => !refused.has(id)))), {
        headers: answer.headers,
      })
    })(fetch)
  },
}

/** Never compares its mirrors with the server, and believes that its own position is the server's. */
export const neverCompares: PhoneBend = {
  fetch: (fetch, phone) => async (path, init) => {
    const answer = await fetch(path, init)
    const bare = /-(board|roster|gate|figures)\/_changes\?style=main_only&since=0&limit=10000$/.exec(path)
    if (!bare || !answer.ok) return answer
    const { docs } = phone.store.mirrors[bare[1] as 'board' | 'roster' | 'gate' | 'figures']
    const results = [...docs.value].map(([id, { _rev }]) => ({ id, seq: 0, changes: [{ rev: _rev }] }))
    const { last_seq } = (await answer.json()) as { last_seq: unknown }
    return new Response(JSON.stringify({ results, last_seq, pending: 0 }), { headers: answer.headers })
  },
}

/** Takes the device's clock for the time. */
export const trustsItsClock: PhoneBend = {
  fetch: (fetch, phone) =>
    bent((_path, _init, answer) => {
      const headers = new Headers(answer.headers)
      if (headers.has('x-zekken-time')) headers.set('x-zekken-time', String(phone.device.clock.wallMs))
      return new Response(answer.body, { status: answer.status, headers })
    })(fetch),
}

/** Takes any answer to a piece for the receipt of the whole photo. */
export const takesPiecesForReceipts: PhoneBend = {
  fetch: bent((path, init, answer) =>
    init.method === 'PUT' && path.startsWith('/api/film/') && answer.ok
      ? new Response('{"stored":true}', { headers: answer.headers })
      : answer,
  ),
}

/** Believes that what it put into a file for another phone to carry has arrived with that. */
export const takesFilesForSent: PhoneBend = {
  fetch: (fetch, phone) =>
    bent(async (path, _init, answer) => {
      if (!path.endsWith('_revs_diff') || !answer.ok) return answer
      const missing = Object.entries((await answer.json()) as Record<string, unknown>)
      const open = missing.filter(([id]) => !phone.packed.has(id))
      return new Response(JSON.stringify(Object.fromEntries(open)), { headers: answer.headers })
    })(fetch),
}

/** Keeps no original after its receipt: nothing may be left over for what the server has. */
export const letsGoAtReceipt: PhoneBend = {
  ports: (ports) => ({
    ...ports,
    storage: { ...ports.storage, estimate: async () => ({ freeBytes: 1e9, quotaBytes: 0 }) },
  }),
}
