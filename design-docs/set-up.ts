import { z } from 'zod'
import { isTimeZone } from './is-time-zone.ts'
import { eventClass } from './plan.ts'
import { eventCode, instant, words } from './primitives.ts'

/** A name has to be there in one language at least; screens show it in the other one too. */
const named = words.refine(({ ja, en }) => ja.trim() !== '' || en.trim() !== '', 'missing')

/** What the first page of a new installation asks for; the rest of the plan is entered in the console. */
export const firstEvent = z.strictObject({
  /** `demo` belongs to the demo event, whose links are printed to anyone who starts it. */
  code: eventCode.refine((code) => code !== 'demo', 'taken'),
  name: named,
  timeZone: z.string().max(60).refine(isTimeZone, 'unknown'),
  /** When the first class starts. */
  startsAt: instant,
  className: named,
  limitMinutes: eventClass.shape.limitMinutes,
  /** Of the person who sets it up, shown beside what they decide. */
  adminName: z.string().trim().min(1).max(120),
})
export type FirstEvent = z.infer<typeof firstEvent>
