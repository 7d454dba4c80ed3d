import 'hono'

declare module 'hono' {
  interface ContextVariableMap {
    /** The number that somebody who is not signed in speaks of. */
    about: { event: string; number: string } | undefined
  }
}
