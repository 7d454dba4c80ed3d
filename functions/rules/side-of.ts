import type { Role } from '../../design-docs/primitives.ts'

export type Side = 'team' | 'headquarters'

/** For whom someone speaks in a team's thread. */
export const sideOf = (as: Role): Side => (as === 'participant' || as === 'agent' ? 'team' : 'headquarters')
