export const uuidKey = 'uuid'
export const databaseKind = 'database\xff'
export const configKind = 'config\xff'
export const databaseRecordKey = (name: string) => databaseKind + name
export const configValueKey = (section: string, key: string) => `${configKind}${section}\xff${key}`
