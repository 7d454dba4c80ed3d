import type { OfficeRole } from '../../../design-docs/applications.ts'

/** Roles that an admin gives to people who work on the event, in the order of their rights. */
export const officeRolesOffered: readonly OfficeRole[] = ['staff', 'core', 'corner', 'judge', 'admin']
