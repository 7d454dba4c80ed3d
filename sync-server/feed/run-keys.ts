import type { Effect, FunctionContext, FunctionSpec } from '../../functions/define.ts'
import type { Applied } from './apply-effects.ts'
import { isOutage } from './is-outage.ts'

export type Ran = Applied & { done: string[]; failed: Map<string, unknown>; wakes: Map<string, number> }

type RunOptions = {
  spec: FunctionSpec
  context: FunctionContext
  apply(effects: readonly Effect[]): Promise<Applied | 'again'>
  /** Whether database and storage answer, so that a failure is the keys' own. */
  isUp(): Promise<boolean>
  signal: AbortSignal
  /** So many of them have been worked off, or have failed, since it was called last. */
  onWorked?(keys: number): void
}

const defaultSlice = 100
const mostRuns = 10

/**
 * Works keys off in slices, effects made durable slice by slice. A slice that fails is halved until the failing keys
 * stand alone. Throws only when the database or the storage is down, or the runner stops: then nothing may be concluded about any key.
 */
export async function runKeys(keys: readonly string[], options: RunOptions): Promise<Ran> {
  const { spec, context, apply, isUp, signal } = options
  const size = spec.slice ?? defaultSlice
  const ran: Ran = { done: [], failed: new Map(), wakes: new Map(), written: 0, unchanged: 0 }

  async function runSlice(slice: readonly string[]): Promise<void> {
    try {
      await runOnce(slice)
    } catch (error) {
      if (isOutage(error) && !(await isUp())) throw error
      const [only] = slice
      if (slice.length === 1 && only !== undefined) {
        ran.failed.set(only, error)
        return
      }
      const middle = Math.ceil(slice.length / 2)
      await runSlice(slice.slice(0, middle))
      await runSlice(slice.slice(middle))
    }
  }

  async function runOnce(slice: readonly string[]): Promise<void> {
    for (let run = 0; run < mostRuns; run++) {
      const effects = await spec.handle(slice, context)
      const applied = await apply(effects)
      if (applied === 'again') continue
      ran.written += applied.written
      ran.unchanged += applied.unchanged
      ran.done.push(...slice)
      for (const { key, at } of effects.filter((effect) => effect.do === 'wake')) {
        ran.wakes.set(key, Math.min(at, ran.wakes.get(key) ?? at))
      }
      return
    }
    throw new Error(`someone else keeps writing what ${spec.name} writes`)
  }

  for (let start = 0; start < keys.length; start += size) {
    if (signal.aborted) throw new DOMException('the runner stops', 'AbortError')
    const slice = keys.slice(start, start + size)
    await runSlice(slice)
    options.onWorked?.(slice.length)
  }
  return ran
}
