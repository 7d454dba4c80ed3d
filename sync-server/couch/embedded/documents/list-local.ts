import type { DatabaseHandler } from '../routing/database-request.ts'
import { notFound } from '../routing/refusal.ts'

/** /db/_local_docs: not offered, since it would show every client's checkpoints to every other. */
export const localDocs: DatabaseHandler = async () => {
  throw notFound()
}
