import type { OutsideTeam, TeamDoc } from '../design-docs/derived.ts'
import { outsideId } from '../design-docs/ids.ts'
import { defineFunction, desk, type Effect, everyTeam, type Plan, putOrRemove } from './define.ts'

/**
 * Says what the external system is to know of each team; whoever talks to that system calls it until it knows. A team
 * that was withdrawn is not told any more.
 */
export const tellExternal = defineFunction({
  name: 'tell-external',
  on: { desk: ['team', 'event'] },
  key: (doc) => (doc.type === 'event' ? everyTeam : doc._id.slice('team:'.length)),
  owns: (place, id) => (place === 'desk' && id.startsWith('outside:') ? id.slice('outside:'.length) : null),
  async handle(numbers, ctx) {
    const [teams, plan] = await Promise.all([ctx.teams(numbers), ctx.plan()])
    return numbers.map((number): Effect => {
      const team = teams.get(number)
      return putOrRemove(desk, outsideId(number), team && outsideTeam(team, plan))
    })
  },
})

function outsideTeam({ event, number, name, classIds, members, status }: TeamDoc, plan: Plan): OutsideTeam | null {
  if (status === 'withdrawn') return null
  const [main] = classIds
  const className = plan.event.classes.find(({ id }) => id === main)?.name.ja ?? main ?? ''
  const about = { name, className, memberCount: members.length }
  return { _id: outsideId(number), type: 'outside', event, team: number, ...about }
}
