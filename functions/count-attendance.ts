import { attendanceId } from '../design-docs/ids.ts'
import { defineFunction, desk, put } from './define.ts'
import { attendanceOf } from './rules/attendance.ts'

/** Keeps the figures of who came and who is out there; `share` brings them to all staff, without a name in them. */
export const countAttendance = defineFunction({
  name: 'count-attendance',
  on: { desk: ['event', 'card'] },
  key: () => attendanceId,
  owns: (place, id) => (place === 'desk' && id === attendanceId ? attendanceId : null),
  paceMs: 1000,
  async handle(_keys, ctx) {
    const { event } = await ctx.plan()
    return [put(desk, attendanceOf((await ctx.allCards()).values(), event))]
  },
})
