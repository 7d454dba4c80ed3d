/** PouchDB's stored tree: a revision id, what is known of it, and the revisions made from it. */
export type TreeNode = [id: string, info: { status: string; deleted?: boolean }, children: TreeNode[]]
export type RevisionTree = { pos: number; ids: TreeNode }[]
export type Leaf = { rev: string; pos: number; id: string; deleted: boolean }

export function leavesOf(tree: RevisionTree): Leaf[] {
  const walk = (pos: number, [id, info, children]: TreeNode): Leaf[] =>
    children.length === 0
      ? [{ rev: `${pos}-${id}`, pos, id, deleted: info.deleted === true }]
      : children.flatMap((child) => walk(pos + 1, child))
  return tree.flatMap(({ pos, ids }) => walk(pos, ids))
}

/** Every revision of the tree, ancestors without a body included. */
export function knownRevisions(tree: RevisionTree): Set<string> {
  const known = new Set<string>()
  const walk = (pos: number, [id, , children]: TreeNode): void => {
    known.add(`${pos}-${id}`)
    for (const child of children) walk(pos + 1, child)
  }
  for (const { pos, ids } of tree) walk(pos, ids)
  return known
}

/** The winner first, by CouchDB's rule: living before deleted, then the longest history, then the greater id. */
export const rankLeaves = (leaves: readonly Leaf[]) =>
  leaves.toSorted((a, b) => Number(a.deleted) - Number(b.deleted) || b.pos - a.pos || (a.id < b.id ? 1 : -1))

export const winnerOf = (tree: RevisionTree): Leaf | undefined => rankLeaves(leavesOf(tree))[0]

/** The tree without these leaves and without the ancestors that led to nothing else. */
export function prune(tree: RevisionTree, revs: ReadonlySet<string>): { tree: RevisionTree; removed: string[] } {
  const removed: string[] = []
  const walk = (pos: number, [id, info, children]: TreeNode): TreeNode | null => {
    const rev = `${pos}-${id}`
    const kept = children.map((child) => walk(pos + 1, child)).filter((child) => child !== null)
    const goes = children.length === 0 ? revs.has(rev) : kept.length === 0
    if (goes) removed.push(rev)
    return goes ? null : [id, info, kept]
  }
  const pruned = tree.flatMap(({ pos, ids }) => {
    const root = walk(pos, ids)
    return root ? [{ pos, ids: root }] : []
  })
  return { tree: pruned, removed }
}

/** Notes in the tree itself that the bodies of these revisions are gone. */
export function markMissing(tree: RevisionTree, revs: ReadonlySet<string>): void {
  const walk = (pos: number, [id, info, children]: TreeNode): void => {
    if (revs.has(`${pos}-${id}`)) info.status = 'missing'
    for (const child of children) walk(pos + 1, child)
  }
  for (const { pos, ids } of tree) walk(pos, ids)
}
