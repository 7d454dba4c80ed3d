import { databaseName } from '../../design-docs/databases.ts'
import { card as cardSchema } from '../../design-docs/derived.ts'
import { type ReportRow, report as reportSchema } from '../../design-docs/scoreboards.ts'
import type { Couch } from '../couch/client.ts'
import { readDocs } from '../login/office.ts'
import { byNumber } from '../results/overview.ts'

/** Every team with what was made for it, by number. */
export async function reportRows(couch: Couch, event: string): Promise<ReportRow[]> {
  const desk = couch.database(databaseName(event, 'desk'))
  const [cards, reports] = await Promise.all([
    readDocs(desk, 'card', cardSchema),
    readDocs(desk, 'report', reportSchema),
  ])
  const made = new Map(reports.map((one) => [one.team, one]))
  return cards
    .map(({ team, name, checkins, points }): ReportRow => {
      const found = made.get(team)
      return {
        team,
        name,
        checkins: checkins.total,
        net: points.net,
        made: found
          ? {
              version: found.version,
              at: found.madeAt,
              language: found.language,
              net: found.net,
              pdfBytes: found.pdf.bytes,
              xlsxBytes: found.xlsx.bytes,
            }
          : null,
      }
    })
    .sort((one, other) => byNumber(one.team, other.team))
}
