import { Hono } from 'hono'
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client'
import type { DatabaseTimes } from './couch/timed-send.ts'
import type { Runner } from './feed/start-runner.ts'
import type { LinkCounts } from './images/link-outcome-log.ts'
import type { Storage } from './images/storage.ts'
import { storageActions, type WatchedStorage } from './images/watched-storage.ts'
import type { Installation } from './login/installation.ts'
import { productVersion } from './product-version.ts'

type Parts = {
  it: Installation
  storage: Storage | WatchedStorage
  runner: Runner | null
  links?: LinkCounts
  times?: DatabaseTimes | undefined
}

/**
 * `GET /health`: not OK when any part fails, in the shape that existing callers know. `GET /metrics`: Prometheus text,
 * figures of the process and of each function.
 */
export function healthRoutes({ it, storage, runner, links = new Map(), times }: Parts): Hono {
  const app = new Hono()
  const registry = metricsOf({ runner, storage, links, times })
  app.get('/health', async (c) => {
    const [database, files] = await Promise.all([holds(it.office.info()), holds(storage.check())])
    const status = database && files ? 'OK' : 'ERROR'
    const words = (good: boolean) => (good ? 'OK' : 'ERROR')
    const timestamp = new Date(it.now()).toISOString()
    const body = { status, timestamp, version: productVersion, database: words(database), s3: words(files) }
    return c.json(body, status === 'OK' ? 200 : 503)
  })
  app.get('/metrics', async (c) => c.body(await registry.metrics(), 200, { 'content-type': registry.contentType }))
  return app
}

const figures = {
  pending: 'Changes of the database that a function has not seen yet',
  retrying: 'Keys that failed and are tried again',
  parked: 'Keys that failed too often and wait for a person',
} as const

/** The runner is asked at each scrape, so nothing is counted that nobody reads. */
function metricsOf({ runner, storage, links, times }: Omit<Parts, 'it'> & { links: LinkCounts }): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const [figure, help] of Object.entries(figures)) {
    new Gauge({
      name: `zekken_function_${figure}`,
      help,
      labelNames: ['event', 'function'],
      registers: [registry],
      collect() {
        this.reset()
        for (const status of runner?.status() ?? []) {
          const labels = { event: status.event, function: status.function }
          this.set(labels, status[figure as keyof typeof figures])
        }
      },
    })
  }
  linkGauge(registry, links)
  if (times) databaseGauges(registry, times)
  if ('figures' in storage) storageGauges(registry, storage)
  return registry
}

function linkGauge(registry: Registry, links: LinkCounts): void {
  new Gauge({
    name: 'zekken_image_links',
    help: 'Requests for one-time links by what came of them',
    labelNames: ['outcome'],
    registers: [registry],
    collect() {
      for (const [outcome, count] of links) this.set({ outcome }, count)
    },
  })
}

function storageGauges(registry: Registry, { figures: counted }: WatchedStorage): void {
  const helps = {
    done: 'What was asked of the storage of files and done',
    failed: 'What was asked of the storage of files and failed',
    seconds: 'How long that took',
  } as const
  for (const [figure, help] of Object.entries(helps)) {
    new Gauge({
      name: `zekken_storage_${figure}`,
      help,
      labelNames: ['action'],
      registers: [registry],
      collect() {
        for (const action of storageActions) this.set({ action }, counted[action][figure as keyof typeof helps])
      },
    })
  }
}

function databaseGauges(registry: Registry, times: DatabaseTimes): void {
  const helps = {
    done: 'Requests to the database, without those that wait for changes',
    slow: 'Those of them that took over 0.1 s; each is in the log',
    seconds: 'How long all of them took',
  } as const
  for (const [figure, help] of Object.entries(helps)) {
    new Gauge({
      name: `zekken_database_${figure}`,
      help,
      registers: [registry],
      collect() {
        this.set(times[figure as keyof DatabaseTimes])
      },
    })
  }
}

/** Whether it works at all; the reason is for the log of the part itself. */
async function holds(work: Promise<unknown>): Promise<boolean> {
  return await work.then(
    () => true,
    () => false,
  )
}
