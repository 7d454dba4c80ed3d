import { databaseName } from '../../design-docs/databases.ts'
import { card as cardSchema } from '../../design-docs/derived.ts'
import { cardId, reportId } from '../../design-docs/ids.ts'
import { type ReportRow, report as reportSchema } from '../../design-docs/scoreboards.ts'
import type { Couch } from '../couch/client.ts'
import { readDoc, readDocs } from '../login/office.ts'
import { byNumber } from '../results/overview.ts'

/** Every team, or the one that is asked for, with what was made for it, by number. */
export async function reportRows(couch: Couch, event: string, only?: string): Promise<ReportRow[]> {
  const desk = couch.database(databaseName(event, 'desk'))
  const [cards, reports] = await Promise.all(
    only === undefined
      ? [readDocs(desk, 'card', cardSchema), readDocs(desk, 'report', reportSchema)]
      : [one(readDoc(desk, cardId(only), cardSchema)), one(readDoc(desk, reportId(only), reportSchema))],
  )
  const made = new Map(reports.map((report) => [report.team, report]))
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

const one = async <T>(found: Promise<T | null>): Promise<T[]> => [await found].flatMap((doc) => doc ?? [])
