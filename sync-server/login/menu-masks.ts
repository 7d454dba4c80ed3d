import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { defaultMasks, everyMenu, type MenuMasks } from '../../design-docs/menus.ts'
import { type MenusDoc, menus as menusSchema } from '../../design-docs/plan.ts'
import type { Installation } from './installation.ts'

/** How long masks may be used again: a change made by another server process is seen after this. */
const keptMs = 3000

type Known = { masks: Promise<MenuMasks>; until: number }
const knownBy = new WeakMap<Installation['couch'], Map<string, Known>>()

const deskOf = (it: Pick<Installation, 'couch'>, event: string) => it.couch.database(databaseName(event, 'desk'))

/** The masks of an event as they stand, the default ones where nobody has said otherwise. */
export async function readMenus(
  it: Pick<Installation, 'couch'>,
  event: string,
): Promise<{ masks: MenuMasks; _rev: string | null }> {
  const found = await deskOf(it, event).get('menus')
  const { masks, _rev = null } = found ? menusSchema.parse(found) : { masks: {} }
  // Whoever could shut the admins out of the set-up could not let them in again.
  return { masks: { ...defaultMasks, ...masks, admin: everyMenu }, _rev }
}

/** Saves them; ZK-PLAN-001 with the others in `figures.theirs` when someone saved meanwhile. */
export async function saveMenus(
  it: Installation,
  event: string,
  wanted: { masks: MenusDoc['masks']; _rev: string | null },
): Promise<string> {
  const doc = menusSchema.parse({ _id: 'menus', type: 'menus', event, masks: wanted.masks })
  const rev = await deskOf(it, event).put({ ...doc, ...(wanted._rev === null ? {} : { _rev: wanted._rev }) })
  if (rev === null) throw new AppError('ZK-PLAN-001', { figures: { theirs: await readMenus(it, event) } })
  knownBy.get(it.couch)?.delete(event)
  return rev
}

/** The same, asked with every request, so the answer is kept for three seconds. */
export async function masksOf(it: Pick<Installation, 'couch' | 'now'>, event: string): Promise<MenuMasks> {
  const known = knownBy.get(it.couch) ?? new Map<string, Known>()
  knownBy.set(it.couch, known)
  const now = it.now()
  const kept = known.get(event)
  if (kept && kept.until > now && kept.until <= now + keptMs) return await kept.masks
  const masks = readMenus(it, event).then((found) => found.masks)
  known.set(event, { masks, until: now + keptMs })
  // A failed look-up is not kept: the next request asks again.
  masks.catch(() => known.delete(event))
  return await masks
}

/** All that the caller's roles have together. */
export async function maskOf(
  it: Pick<Installation, 'couch' | 'now'>,
  { event, roles }: Pick<Caller, 'event' | 'roles'>,
): Promise<number> {
  const masks = await masksOf(it, event)
  return roles.reduce((sum, role) => sum | masks[role], 0)
}
