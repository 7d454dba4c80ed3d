import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { correction } from '../../design-docs/facts.ts'
import { factId, ulid } from '../../design-docs/ids.ts'
import type { UpdateTeamNameRequest } from '../../design-docs/kept.ts'
import { tidyText } from '../../functions/rules/entry-names.ts'
import type { BadEntryField } from '../../functions/rules/entry-problems.ts'
import { checkText } from '../../functions/rules/entry-texts.ts'
import type { CouchDoc } from '../couch/client.ts'
import { demandRemembered } from '../forget/forgotten-teams.ts'
import type { Installation } from '../login/installation.ts'
import { serverClaim } from '../setup/server-claim.ts'
import { knownTeam } from './known-team.ts'

export type Renamed = { oldName: string; newName: string }

/** Gives a team another name, as a correction by whoever asks; the name that it has already is written no second time. */
export async function renameTeam(it: Installation, asked: UpdateTeamNameRequest, caller: Caller): Promise<Renamed> {
  const { event_code: event, zekken_number: team } = asked
  await demandRemembered(it, event, [team])
  const known = await knownTeam(it.couch, event, team)
  if (!known) throw new AppError('ZK-PLAN-004', { figures: { team } })
  const newName = demandName(asked.new_team_name)
  if (newName === known.name) return { oldName: newName, newName }
  const nowMs = it.now()
  const fact = correction.parse({
    _id: factId(team, 'correction', ulid(nowMs, new Uint8Array(it.random(10)))),
    type: 'correction',
    ...serverClaim(event, nowMs),
    by: caller.account,
    as: caller.roles.includes('admin') ? 'admin' : 'core',
    device: caller.device,
    team,
    field: 'name',
    was: known.name,
    is: newName,
  })
  await it.couch.database(databaseName(event, 'log')).put(fact as CouchDoc)
  return { oldName: known.name, newName }
}

function demandName(text: string): string {
  const bad: BadEntryField[] = []
  const note = (field: string, problem: BadEntryField['problem']) => void bad.push({ field, problem })
  const name = checkText(tidyText(text), 'new_team_name', { required: true, max: 120, note })
  if (bad.length > 0) throw new AppError('ZK-ENTRY-003', { figures: { fields: bad } })
  return name
}
