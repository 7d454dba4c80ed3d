import { factTypeOf } from '../../design-docs/ids.ts'
import { type ChangedDoc, everyTeam, type FunctionSpec } from '../../functions/define.ts'
import type { Change } from '../couch/client.ts'

export type Source = 'log' | 'desk'
export const sourcesOf = (spec: FunctionSpec) =>
  (['log', 'desk'] as const).filter((source) => (spec.on[source]?.length ?? 0) > 0)

/** What changes ask of a function: keys, a walk through all teams, and documents that a person must look at first. */
export type Asked = {
  keys: Set<string>
  everyTeam: boolean
  unclear: Map<string, Error>
  /** Documents, as keys of their own, of which nothing has to be asked. */
  inOrder: Set<string>
}

/** Stands for a changed document itself, where no key could be had from it. */
export const changeKey = (source: Source, id: string) => `change:${source}:${id}`
export function parseChangeKey(key: string): { source: Source; id: string } | null {
  const match = /^change:(log|desk):(.+)$/.exec(key)
  return match?.[1] && match[2] ? { source: match[1] as Source, id: match[2] } : null
}

/**
 * Collapses changes to keys. A fact with two revisions is unclear, and its key is worked off all the same: what was
 * computed from one of them must go. The last change of a document says how it stands.
 */
export function askedBy(changes: readonly Change[], source: Source, spec: FunctionSpec): Asked {
  const asked: Asked = { keys: new Set(), everyTeam: false, unclear: new Map(), inOrder: new Set() }
  const types = new Set(spec.on[source])
  for (const change of changes) {
    const doc = changedDoc(change, source)
    if (!types.has(doc.type ?? '')) continue
    const own = changeKey(source, change.id)
    let why =
      source === 'log' && (change.doc?._conflicts?.length ?? 0) > 0
        ? new Error(`${change.id} has two revisions`)
        : undefined
    try {
      for (const key of [spec.key(doc) ?? []].flat()) {
        if (key === everyTeam) asked.everyTeam = true
        else asked.keys.add(key)
      }
    } catch (error) {
      why = error as Error
    }
    if (why) {
      asked.inOrder.delete(own)
      asked.unclear.set(own, why)
    } else {
      asked.unclear.delete(own)
      asked.inOrder.add(own)
    }
  }
  return asked
}

function changedDoc({ id, deleted, doc }: Change, source: Source): ChangedDoc {
  if (doc && !deleted && !doc._deleted) return doc as ChangedDoc
  const type = source === 'log' ? factTypeOf(id) : id.split(':')[0]
  return { _id: id, _deleted: true, ...(type !== undefined && { type }) }
}
