import { AppError } from '../../design-docs/errors.ts'
import { type Tally, tally } from '../../design-docs/sign-in.ts'
import type { Installation } from './installation.ts'
import { amendDoc } from './office.ts'

const hourMs = 60 * 60_000
/** Failed sign-ins for one number, whatever they were tried with. */
export const failuresAnHour = 3

const inLastHour = (at: readonly number[], now: number) => at.filter((one) => one > now - hourMs && one <= now)

/**
 * Lets `compare` say whether a secret is right, three times an hour for the same thing. A try is taken before anything is
 * compared, so that guesses made at once, by any number of processes, cannot be more; who is right gets all of them
 * back. Throws ZK-AUTH-005 when none is left, and ZK-AUTH-006, thrown by `compare`, with the number that is left.
 */
export async function guess<T>(it: Installation, about: string, compare: () => Promise<T>): Promise<T> {
  const _id = `tally:failed:${about}`
  let left = 0
  await amendDoc(it.office, _id, {
    schema: tally,
    change(found: Tally | null) {
      const now = it.now()
      const at = inLastHour(found?.at ?? [], now)
      left = failuresAnHour - at.length - 1
      if (left >= 0) return { _id, type: 'tally', at: [...at, now] }
      throw new AppError('ZK-AUTH-005', { figures: { retryAfterMs: (at[0] ?? now) + hourMs - now } })
    },
  })
  const result = await compare().catch((error: unknown) => {
    const isWrong = error instanceof AppError && error.code === 'ZK-AUTH-006'
    throw isWrong ? new AppError('ZK-AUTH-006', { cause: error, figures: { left } }) : error
  })
  await amendDoc(it.office, _id, { schema: tally, change: (found) => found && { ...found, at: [] } })
  return result
}

/** Counts one more within the hour; false when there were `most` already. */
export async function countHourly(it: Installation, about: string, most: number): Promise<boolean> {
  const _id = `tally:${about}`
  let counted = false
  await amendDoc(it.office, _id, {
    schema: tally,
    change(found: Tally | null) {
      const now = it.now()
      const at = inLastHour(found?.at ?? [], now)
      counted = at.length < most
      return counted ? { _id, type: 'tally', at: [...at, now] } : null
    },
  })
  return counted
}
