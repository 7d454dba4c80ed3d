import { Hono } from 'hono'
import type { Runner } from './feed/start-runner.ts'
import type { Storage } from './images/storage.ts'
import type { Installation } from './login/installation.ts'

type Parts = { it: Installation; storage: Storage; runner: Runner | null }
const version = process.env.npm_package_version ?? '0.1.0'

/** `GET /health`: not OK when any part fails. The shape is the one that existing callers know. */
export function healthRoutes({ it, storage }: Parts): Hono {
  const app = new Hono()
  app.get('/health', async (c) => {
    const [database, files] = await Promise.all([holds(it.office.info()), holds(storage.has('health'))])
    const status = database && files ? 'OK' : 'ERROR'
    const words = (good: boolean) => (good ? 'OK' : 'ERROR')
    const timestamp = new Date(it.now()).toISOString()
    const body = { status, timestamp, version, database: words(database), s3: words(files) }
    return c.json(body, status === 'OK' ? 200 : 503)
  })
  return app
}

/** Whether it works at all; the reason is for the log of the part itself. */
async function holds(work: Promise<unknown>): Promise<boolean> {
  return await work.then(
    () => true,
    () => false,
  )
}
