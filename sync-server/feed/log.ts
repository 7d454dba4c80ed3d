/** Where the runner says what an operator should know; pino's shape. */
export type Log = Record<'info' | 'warn' | 'error', (fields: object, message: string) => void>
