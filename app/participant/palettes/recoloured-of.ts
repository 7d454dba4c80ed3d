import { recolouredId } from '../../../design-docs/ids.ts'
import type { RecolouredDoc } from '../../../design-docs/palettes.ts'
import type { OwnTeam } from '../own-team.ts'

/** The team's pictures in the colours of one palette each, in the order in which they were taken. */
export function recolouredOf({ store, number }: Pick<OwnTeam, 'store' | 'number'>): RecolouredDoc[] {
  if (number.value === null) return []
  const docs = [...store.mirrors.team(number.value).docs.value.values()] as unknown as { _id: string }[]
  const own = docs.filter(({ _id }) => _id.startsWith(recolouredId(''))) as RecolouredDoc[]
  return own.sort((one, other) => one.takenAt - other.takenAt || (one._id < other._id ? -1 : 1))
}
