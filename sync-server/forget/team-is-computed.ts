import { databaseName } from '../../design-docs/databases.ts'
import { cardId, portraitId, recolouredId, teamId } from '../../design-docs/ids.ts'
import type { Couch, Database, Stored } from '../couch/client.ts'
import type { OfTeam } from './team-records.ts'

/** Whether functions have made everything anew that shows a team: then nothing of its people is to be seen anywhere. */
export async function isComputed(couch: Couch, { event, team }: OfTeam): Promise<boolean> {
  const own = databaseName(event, 'team', team)
  const of = (kind: 'desk' | 'board' | 'roster') => couch.database(databaseName(event, kind))
  const mirrors = [of('desk'), of('roster'), ...((await couch.exists(own)) ? [couch.database(own)] : [])]
  const named = await Promise.all(mirrors.flatMap((mirror) => [cardId(team), teamId(team)].map((id) => mirror.get(id))))
  if (named.some((doc) => doc && doc.name !== team)) return false
  if (await of('desk').get(portraitId(team))) return false
  if ((await docsIn(of('desk'), recolouredId(`${team}:`))).length > 0) return false
  const rankings = [...(await docsIn(of('desk'), 'ranking:')), ...(await docsIn(of('board'), 'ranking:'))]
  const rows = rankings.flatMap((doc) => doc.rows as { team: string; name: string }[])
  if (rows.some((row) => row.team === team && row.name !== team)) return false
  const shown = await Promise.all(
    [of('desk'), ...mirrors.slice(2)].map(async (mirror) => [
      ...(await docsIn(mirror, `image:${team}:`)),
      ...(await docsIn(mirror, `message:${team}:`)),
    ]),
  )
  return shown
    .flat()
    .every((doc) => doc._attachments === undefined && ['—', '', undefined].includes(doc.text as string))
}

const docsIn = async (database: Database, prefix: string): Promise<Stored[]> =>
  (await database.all({ startkey: prefix, endkey: `${prefix}\ufff0`, includeDocs: true })).flatMap(
    ({ doc }) => doc ?? [],
  )
