import { databaseName } from '../../design-docs/databases.ts'
import { type Card, type RankingRow, ranking as rankingSchema } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import {
  type CheckpointDoc,
  checkpoint as checkpointSchema,
  type EventDoc,
  event as eventSchema,
} from '../../design-docs/plan.ts'
import type { Standing } from '../../functions/rules/scoreboard-of.ts'
import type { Couch } from '../couch/client.ts'
import { readDoc, readDocs } from '../login/office.ts'

/** What the scoreboards of an event share. */
export type BoardPlan = {
  event: EventDoc
  checkpoints: ReadonlyMap<string, CheckpointDoc>
  standings(card: Pick<Card, 'team' | 'classIds'>): Standing[]
}

/** Reads it once for many boards: the ranking of a large class is most of a megabyte. ZK-PLAN-004 without an event. */
export async function readBoardPlan(couch: Couch, code: string): Promise<BoardPlan> {
  const desk = couch.database(databaseName(code, 'desk'))
  const [event, checkpoints, rankings] = await Promise.all([
    readDoc(desk, 'event', eventSchema),
    readDocs(desk, 'checkpoint', checkpointSchema),
    readDocs(desk, 'ranking', rankingSchema),
  ])
  if (!event) throw new AppError('ZK-PLAN-004', { figures: { event: code } })
  const classes = new Map(
    rankings.map(({ classId, rows }) => {
      const placed = rows.filter(({ place }) => place !== null).length
      return [classId, { placed, rows: new Map(rows.map((row): [string, RankingRow] => [row.team, row])) }]
    }),
  )
  return {
    event,
    checkpoints: new Map(checkpoints.map((one) => [one.number, one])),
    standings: ({ team, classIds }) =>
      classIds.map((classId) => {
        const found = classes.get(classId)
        return { classId, row: found?.rows.get(team) ?? null, placed: found?.placed ?? 0 }
      }),
  }
}
