import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { checkpoint as checkpointSchema, event as eventSchema } from '../../design-docs/plan.ts'
import type { PrintPosters } from '../../design-docs/print.ts'
import { checkpointPoster, entryPoster, type Poster, staffPoster, wifiPoster } from '../../functions/rules/posters.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc, readDocs } from '../login/office.ts'
import { byNumber } from '../results/overview.ts'

/** The posters that were asked for. ZK-PLAN-004 where there is no checkpoint, ZK-ENTRY-001 where nobody can enter, ZK-ENTRY-007 or apply. */
export async function postersToPrint(
  { couch }: Pick<Installation, 'couch'>,
  code: string,
  { asked, baseUrl }: { asked: PrintPosters; baseUrl: string },
): Promise<{ title: string; posters: Poster[] }> {
  const desk = couch.database(databaseName(code, 'desk'))
  const event = await readDoc(desk, 'event', eventSchema)
  if (!event) throw new AppError('ZK-PLAN-004')
  const about = { event, baseUrl, language: asked.language }
  const title = event.name[asked.language]
  switch (asked.kind) {
    case 'checkpoints': {
      const all = (await readDocs(desk, 'checkpoint', checkpointSchema)).filter(({ cancelled }) => !cancelled)
      if (all.length === 0) throw new AppError('ZK-PLAN-004', { figures: { checkpoints: 0 } })
      all.sort((one, other) => byNumber(one.number, other.number))
      return { title, posters: all.map((one) => checkpointPoster(one, about)) }
    }
    case 'entry':
      if (!event.entryForm) throw new AppError('ZK-ENTRY-001')
      return { title, posters: [entryPoster(about)] }
    case 'staff':
      if (!event.staffApply) throw new AppError('ZK-ENTRY-007')
      return { title, posters: [staffPoster(about)] }
    case 'wifi':
      return { title, posters: [wifiPoster(asked.wifi, about)] }
  }
}
