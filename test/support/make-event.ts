import { databaseName } from '../../design-docs/databases.ts'
import { defaultMasks, menuBits } from '../../design-docs/menus.ts'
import { eventRules } from '../../design-docs/plan.ts'
import type { Couch } from '../../sync-server/couch/client.ts'
import { addTeams } from '../../sync-server/setup/add-teams.ts'
import { addCheckpoints, createEvent } from '../../sync-server/setup/create-event.ts'
import type { ZekkenEvent } from './start-zekken.ts'

export type WholeEvent = ZekkenEvent & Required<Pick<ZekkenEvent, 'checkpoints' | 'teams'>> & { code: string }

const minute = 60_000

/** A small event that has been running for an hour. */
export async function makeEvent(couch: Couch, { code, teams, checkpoints, ...wanted }: WholeEvent): Promise<void> {
  const startsAt = Date.now() - 60 * minute
  const draft = {
    code,
    name: { ja: '試しの大会', en: 'Trial event' },
    timeZone: 'Asia/Tokyo',
    phase: 'running' as const,
    startsAt: startsAt - 60 * minute,
    endsAt: startsAt + 600 * minute,
    classes: [
      { id: 'three', name: { ja: '3時間 混合', en: '3 hours' }, startsAt, limitMinutes: wanted.limitMinutes ?? 180 },
    ],
    rules: eventRules.parse(wanted.rules ?? {}),
    ...(wanted.protestUntil !== undefined && { protestUntil: wanted.protestUntil }),
  }
  await createEvent(couch, draft, { now: Date.now })
  const masks = wanted.menus ?? { staff: defaultMasks.staff | menuBits.search }
  await couch.database(databaseName(code, 'desk')).put({ _id: 'menus', type: 'menus', event: code, masks })
  await addCheckpoints(couch, code, checkpoints)
  await addTeams(couch, code, { entries: teams, now: () => startsAt - 24 * 60 * minute })
}
