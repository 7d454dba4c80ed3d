import type { paperJob } from '../../../design-docs/papers.ts'

/** Kind of the jobs that draw what is printed; the schemas beside the server's name of it stay there. */
export const paperKind: typeof paperJob = 'papers'
