import { databaseName } from '../../design-docs/databases.ts'
import type { Person } from '../../design-docs/derived.ts'
import { personId } from '../../design-docs/ids.ts'
import type { Person as Admitted } from './admit.ts'
import type { Installation } from './installation.ts'

const shownRoles = ['staff', 'core', 'corner', 'judge', 'admin']

/** Lets staff phones say by name who recorded something. A name that cannot be written keeps nobody from signing in. */
export async function showPerson(it: Installation, { account, name, event, role }: Admitted): Promise<void> {
  if (!shownRoles.includes(role)) return
  const desk = it.couch.database(databaseName(event, 'desk'))
  const shown: Person = { _id: personId(account), type: 'person', event, account, name, role }
  try {
    const known = await desk.get(shown._id)
    if (known?.name !== name || known.role !== role) await desk.put({ ...shown, ...(known && { _rev: known._rev }) })
  } catch (error) {
    it.warn('a name could not be written for the phones', error)
  }
}
