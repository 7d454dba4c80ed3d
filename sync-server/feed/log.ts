/** Where the runner says what an operator should know: what happened, then its figures. */
export type Log = Record<'info' | 'warn' | 'error', (message: string, fields?: object) => void>
