import type { CashUp, TillRow } from '../../design-docs/cash-up.ts'
import type { DeviceRow } from '../../design-docs/console.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { Fact } from '../../design-docs/facts.ts'
import { feeTakenAt } from '../../functions/rules/cash-up.ts'
import type { Couch } from '../couch/client.ts'
import type { DeskView } from './desk-view.ts'
import { byNumber } from './overview.ts'

const teamsAtOnce = 20

type Parts = { couch: Couch; event: string; view: Pick<DeskView, 'cards'>; devices: readonly DeviceRow[] }

/** Which fees lie in whose till, from the receptions of the log: a card tells only the last of a team's. */
export async function cashUpOf({ couch, event, view, devices }: Parts): Promise<CashUp> {
  const log = couch.database(databaseName(event, 'log'))
  const cards = [...view.cards.values()].filter(({ status }) => status !== 'withdrawn')
  const received = cards.filter(({ reception }) => reception !== null)
  const paid = received.filter(({ reception }) => reception?.feePaid).map(({ team }) => team)
  const tills = new Map<string, TillRow>()
  for (let from = 0; from < paid.length; from += teamsAtOnce) {
    const some = paid.slice(from, from + teamsAtOnce)
    const takings = await Promise.all(some.map(async (team) => feeTakenAt(await receptionsOf(team))))
    for (const [n, taken] of takings.entries()) {
      if (!taken) continue
      const { at } = taken
      const { device, by } = taken.fact
      const deviceName = devices.find(({ id }) => id === device)?.name ?? null
      const row = tills.get(`${device} ${by}`) ?? { device, deviceName, by, teams: [], firstAt: at, lastAt: at }
      row.teams.push(some[n]!)
      row.firstAt = Math.min(row.firstAt, at)
      row.lastAt = Math.max(row.lastAt, at)
      tills.set(`${device} ${by}`, row)
    }
  }

  async function receptionsOf(team: string): Promise<Fact[]> {
    const ranges = ['reception', 'void', 'arrival'].map((type) =>
      log.all({ startkey: `${team}:${type}:`, endkey: `${team}:${type};`, includeDocs: true }),
    )
    return (await Promise.all(ranges)).flat().flatMap(({ doc }) => (doc ? [doc as unknown as Fact] : []))
  }

  for (const { teams } of tills.values()) teams.sort(byNumber)
  return {
    tills: [...tills.values()].sort((a, b) => b.teams.length - a.teams.length || (a.device < b.device ? -1 : 1)),
    unpaid: received.flatMap(({ team, reception }) => (reception?.feePaid ? [] : [team])).sort(byNumber),
    absent: cards.length - received.length,
  }
}
