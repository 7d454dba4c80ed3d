import type { UserContext } from '../access/sign-in.ts'
import { Refusal, toRefusal } from '../routing/refusal.ts'
import type { Database } from '../storage/database.ts'
import type { Store } from '../storage/open-store.ts'
import { mustEnd } from './must-end.ts'
import { sandboxed } from './sandbox.ts'

/** A write as a validator sees it; `before` is the revision it builds on, or null. */
export type Proposal = { after: object; before: object | null }
type Outcome = { forbidden?: unknown; unauthorized?: unknown; threw?: string } | null
type Validator = (input: unknown) => unknown

const timeoutMs = 1000
/** Equal validators of many databases share one compilation: a context of their own would cost each a megabyte. */
const compiledLimit = 50
const compiled = new Map<string, Validator>()

const caller = `(fn, { proposals, user, security }) => proposals.map(({ after, before }) => {
  try { fn(after, before, user, security); return null } catch (thrown) {
    if (thrown && thrown.forbidden !== undefined) return { forbidden: thrown.forbidden }
    if (thrown && thrown.unauthorized !== undefined) return { unauthorized: thrown.unauthorized }
    return { threw: String(thrown) }
  }
})`

function compile(source: string): Validator {
  const known = compiled.get(source)
  if (known) return known
  const oldest = compiled.keys().next().value
  if (compiled.size >= compiledLimit && oldest !== undefined) compiled.delete(oldest)
  const validator = sandboxed(source, caller, mustEnd(source) ? undefined : timeoutMs)
  compiled.set(source, validator)
  return validator
}

/** Sources of the `validate_doc_update` functions of a database, read again when a design document changes. */
export function validatorSources(database: Database, store: Store): Promise<string[]> {
  return database.designOnce('validators', async () => {
    const { rows } = await store.allDocs({ startkey: '_design/', endkey: '_design0', include_docs: true })
    return rows.flatMap(({ doc }) => (typeof doc?.validate_doc_update === 'string' ? [doc.validate_doc_update] : []))
  })
}

/** Asks every validator about every proposal; `undefined` where none objects. */
export function validate(
  sources: readonly string[],
  proposals: readonly Proposal[],
  asked: { user: UserContext; db: string; security: object },
): (Refusal | undefined)[] {
  const refusals = new Array<Refusal | undefined>(proposals.length)
  const user = { db: asked.db, name: asked.user.name, roles: asked.user.roles }
  for (const source of sources) {
    const outcomes = outcomesOf(source, proposals, { user, security: asked.security })
    for (const [index, outcome] of outcomes.entries()) refusals[index] ??= outcome
  }
  return refusals
}

/** One call for all proposals; when that runs out of time each is asked alone, so that only the guilty one suffers. */
function outcomesOf(source: string, proposals: readonly Proposal[], rest: object): (Refusal | undefined)[] {
  try {
    const outcomes = compile(source)({ ...rest, proposals }) as Outcome[]
    return outcomes.map((outcome) => (outcome ? refusalOf(outcome) : undefined))
  } catch (error) {
    if (proposals.length <= 1) return [toRefusal(error)]
    return proposals.map((proposal) => outcomesOf(source, [proposal], rest)[0])
  }
}

function refusalOf(outcome: NonNullable<Outcome>): Refusal {
  if (outcome.forbidden !== undefined) return new Refusal(403, 'forbidden', outcome.forbidden)
  if (outcome.unauthorized !== undefined) return new Refusal(401, 'unauthorized', outcome.unauthorized)
  return new Refusal(500, 'unknown_error', outcome.threw ?? 'unknown')
}
