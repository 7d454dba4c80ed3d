import type { ReviewFilter } from '../../../design-docs/console.ts'

/** The filters of the queue in the order in which they are offered; the table of the API would bring its schemas along. */
export const reviewFilters: readonly ReviewFilter[] = ['open', 'PENDING', 'AUTO_APPROVED', 'decided']
