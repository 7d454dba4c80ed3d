type Saved = { _id: string; _rev?: string | undefined }
const generationOf = ({ _rev }: Saved) => Number.parseInt(_rev ?? '0', 10)

/** A list that was read, with what this console has saved since in the place of what it knows to be older. */
export function newest<T extends Saved>(read: readonly T[], saved: ReadonlyMap<string, T>): T[] {
  const listed = read.map((doc) => {
    const own = saved.get(doc._id)
    return own && generationOf(own) > generationOf(doc) ? own : doc
  })
  const ids = new Set(read.map(({ _id }) => _id))
  return [...listed, ...[...saved.values()].filter(({ _id }) => !ids.has(_id))]
}
