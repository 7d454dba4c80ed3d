import type { TeamPage, TeamRow } from '../../design-docs/console.ts'
import { AppError } from '../../design-docs/errors.ts'
import { teamStateOf } from '../../functions/rules/team-state.ts'
import type { Couch } from '../couch/client.ts'
import type { DeskView } from './desk-view.ts'
import { factsOfTeam, voidedBy } from './evidence.ts'
import { byNumber, courseOf, overdueMinutes } from './overview.ts'
import { reviewItemOf } from './review-item.ts'
import { storyOf } from './story.ts'

/** Every team in a line, by number. */
export function teamRowsOf(view: DeskView, now: number): TeamRow[] {
  const places = placesOf(view)
  const rows = [...view.cards.values()].map(
    (card): TeamRow => ({
      team: card.team,
      name: card.name,
      ...(card.kana !== undefined && { kana: card.kana }),
      classIds: card.classIds,
      state: teamStateOf(card),
      overdue: view.event !== null && overdueMinutes(card, courseOf(view, view.event), now) > 0,
      net: card.points.net,
      pending: card.points.pending,
      checkins: card.checkpoints.length,
      places: places.get(card.team) ?? {},
    }),
  )
  return rows.sort((a, b) => byNumber(a.team, b.team))
}

/** One team with everything that is known of it and the facts it is known from; ZK-PLAN-004 when there is none. */
export async function teamPageOf(
  couch: Couch,
  view: DeskView,
  asked: { event: string; team: string },
): Promise<TeamPage> {
  const team = view.teams.get(asked.team)
  if (!team) throw new AppError('ZK-PLAN-004', { figures: { team: asked.team } })
  const facts = await factsOfTeam(couch, asked.event, asked.team)
  return {
    team,
    card: view.cards.get(asked.team) ?? null,
    places: placesOf(view).get(asked.team) ?? {},
    verdicts: [...view.verdicts.values()]
      .filter((verdict) => verdict.team === asked.team)
      .sort((a, b) => a.at - b.at)
      .map((verdict) => reviewItemOf(view, verdict)),
    story: storyOf(facts, voidedBy(facts)),
  }
}

/** Each team's place in each class it is ranked in. */
function placesOf(view: DeskView): Map<string, Record<string, number | null>> {
  const places = new Map<string, Record<string, number | null>>()
  for (const { classId, rows } of view.rankings.values())
    for (const { team, place } of rows) places.set(team, { ...places.get(team), [classId]: place })
  return places
}
