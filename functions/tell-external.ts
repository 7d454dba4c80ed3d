import type { OutsideTeam, TeamDoc } from '../design-docs/derived.ts'
import { outsideId, reportId } from '../design-docs/ids.ts'
import type { Report } from '../design-docs/scoreboards.ts'
import { defineFunction, desk, type Effect, everyTeam, type Plan, putOrRemove } from './define.ts'

/**
 * Says what the external system is to know of each team, its withdrawal too; whoever talks to that system calls it until
 * it knows.
 */
export const tellExternal = defineFunction({
  name: 'tell-external',
  on: { desk: ['team', 'event', 'report'] },
  key: (doc) => (doc.type === 'event' ? everyTeam : doc._id.slice(doc._id.indexOf(':') + 1)),
  owns: (place, id) => (place === 'desk' && id.startsWith('outside:') ? id.slice('outside:'.length) : null),
  async handle(numbers, ctx) {
    const ids = numbers.map(reportId)
    const [teams, plan, reports] = await Promise.all([ctx.teams(numbers), ctx.plan(), ctx.deskDocs(ids)])
    return numbers.map((number): Effect => {
      const team = teams.get(number)
      return putOrRemove(
        desk,
        outsideId(number),
        team ? outsideTeam(team, plan, reports.get(reportId(number)) as Report | undefined) : null,
      )
    })
  },
})

function outsideTeam(team: TeamDoc, plan: Plan, made: Report | undefined): OutsideTeam {
  const { event, number, name, classIds, members, status } = team
  const [main] = classIds
  const className = plan.event.classes.find(({ id }) => id === main)?.name.ja ?? main ?? ''
  const about = { name, className, memberCount: members.length, ...(made?.outside && { report: made.outside }) }
  const withdrawn = status === 'withdrawn' && { status }
  return { _id: outsideId(number), type: 'outside', event, team: number, ...about, ...withdrawn }
}
