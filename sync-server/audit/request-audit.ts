import { AsyncLocalStorage } from 'node:async_hooks'

/** Whether the request at hand has said itself what it did. */
const requests = new AsyncLocalStorage<{ said: boolean }>()

/** Runs a request; answers whether it wrote a line about itself, or said that there is nothing to write. */
export async function auditedBy(request: () => Promise<void>): Promise<boolean> {
  const state = { said: false }
  await requests.run(state, request)
  return state.said
}

/** The request at hand has its line, or needs none, since it changed nothing. */
export function noteAudited(): void {
  const state = requests.getStore()
  if (state) state.said = true
}
