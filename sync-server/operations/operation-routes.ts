import { Hono } from 'hono'
import { z } from 'zod'
import { AppError } from '../../design-docs/errors.ts'
import type { Runner } from '../feed/start-runner.ts'
import { followReplay, linesType } from './follow-replay.ts'

const replayBody = z.strictObject({ function: z.string().min(1) })
const redriveBody = z.strictObject({ key: z.string().optional() })

/** What operators ask of a running installation, to be mounted behind the guard at `/api/operations`. */
export function operationRoutes(runner: Runner): Hono {
  const app = new Hono()
  app.post('/replay', async (c) => {
    const { function: name } = parse(replayBody, await c.req.json())
    const events = await runner.replay(name)
    if (events === 0) throw new AppError('ZK-SYS-003', { figures: { function: name } })
    if (c.req.header('accept') === linesType) return followReplay(runner, { name, events })
    await runner.drain()
    return c.json({ events })
  })
  app.post('/redrive', async (c) => {
    const { key } = parseRedrive(await c.req.json())
    const redriven = await runner.redrive(key)
    await runner.drain()
    return c.json({ redriven, parked: runner.parked() })
  })
  app.post('/sweep', async (c) => c.json(await runner.sweep()))
  return app
}

export const parseRedrive = (body: unknown) => parse(redriveBody, body)

function parse<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body)
  if (!parsed.success) throw new AppError('ZK-SYS-004', { cause: parsed.error })
  return parsed.data
}
