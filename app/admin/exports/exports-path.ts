/** What narrows a file, as the address of the screen and the API name it. */
export const filterKeys = [
  'class',
  'snapshot',
  'result',
  'status',
  'reason',
  'device',
  'checkpoint',
  'team',
  'words',
] as const

/** The address of this screen, where another one's filter is chosen already. */
export function exportsPath(content: string, filter: Partial<Record<(typeof filterKeys)[number], string>>): string {
  const query = new URLSearchParams({ content })
  for (const key of filterKeys) if (filter[key]) query.set(key, filter[key])
  return `/admin/exports?${query}`
}
