import type { Card } from '../../design-docs/derived.ts'
import type { OutPage } from '../../design-docs/disputes.ts'
import type { Position } from '../../design-docs/primitives.ts'
import { distanceMeters } from '../../functions/rules/distance.ts'
import { whereaboutsOf } from '../../functions/rules/whereabouts.ts'
import type { DeskView } from '../results/desk-view.ts'
import { courseOf, limitOf, overdueMinutes } from '../results/overview.ts'

type Asked = {
  now: number
  /** By team; null: the caller may not see any. */
  phones: ReadonlyMap<string, string> | null
  /** The facts behind a team's open calls, of which the card tells the last. */
  callsOf(team: string): Promise<string[]>
}

/**
 * Who is still out: on the course, received and seen by nobody since the start, or given up and not known to be back;
 * whatever became of its score. A team that called for help is listed until the
 * call is taken back, wherever it is.
 */
export async function outPageOf(view: DeskView, { now, phones, callsOf }: Asked): Promise<OutPage> {
  const page: OutPage = {
    now,
    out: [],
    retired: [],
    help: [],
    back: { finished: 0, retired: 0, notStarted: 0 },
    phones: phones !== null,
  }
  const { event } = view
  if (!event) return page
  const course = courseOf(view, event)
  for (const card of view.cards.values()) {
    const where = whereaboutsOf(card, course, now)
    const phone = phones?.get(card.team)
    const about = { ...aboutTeam(view, card), ...(phone !== undefined && { phone }) }
    if (where === 'out' || where === 'unseen')
      page.out.push({
        ...about,
        unseen: where === 'unseen',
        status: card.status,
        overdueMinutes: overdueMinutes(card, course, now),
        limitAt: limitOf(card, course),
      })
    else if (card.retired && where === 'given-up') page.retired.push({ ...about, ...card.retired })
    else if (card.goalAt !== null) page.back.finished++
    else if (where === 'back') page.back.retired++
    else page.back.notStarted++
    if (!card.help) continue
    const facts = await callsOf(card.team)
    page.help.push({ ...about, facts, ...card.help, ...nearTo(view, card.help.position) })
  }
  page.out.sort((a, b) => b.overdueMinutes - a.overdueMinutes || (a.lastSeen?.at ?? 0) - (b.lastSeen?.at ?? 0))
  page.retired.sort((a, b) => a.at - b.at)
  page.help.sort((a, b) => a.at - b.at)
  return page
}

function aboutTeam(view: DeskView, { team, name, members, lastSeen }: Card) {
  const seen = lastSeen && { ...lastSeen, name: view.checkpoints.get(lastSeen.checkpoint)?.name ?? null }
  return { team, name, members: members.length, lastSeen: seen }
}

function nearTo(view: DeskView, position: Position | undefined): Pick<OutPage['help'][number], 'near'> {
  if (!position) return {}
  let near: OutPage['help'][number]['near']
  for (const { number: checkpoint, name, lat, lng } of view.checkpoints.values()) {
    const meters = Math.round(distanceMeters(position, { lat, lng }))
    if (!near || meters < near.meters) near = { checkpoint, name, meters }
  }
  return near ? { near } : {}
}
