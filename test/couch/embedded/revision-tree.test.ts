import { expect, test } from 'vitest'
import {
  leavesOf,
  prune,
  type RevisionTree,
  winnerOf,
} from '../../../sync-server/couch/embedded/storage/revision-tree.ts'

const node = (id: string, ...children: RevisionTree[number]['ids'][]): RevisionTree[number]['ids'] => [
  id,
  { status: 'available' },
  children,
]
const deleted = (id: string): RevisionTree[number]['ids'] => [id, { status: 'available', deleted: true }, []]

test('the winner is alive before deleted, then longer, then greater', () => {
  expect(winnerOf([{ pos: 1, ids: node('a', deleted('z'), node('b')) }])?.rev).toBe('2-b')
  expect(winnerOf([{ pos: 1, ids: node('a', node('b'), node('c')) }])?.rev).toBe('2-c')
  expect(
    winnerOf([
      { pos: 1, ids: node('z') },
      { pos: 3, ids: node('a') },
    ])?.rev,
  ).toBe('3-a')
  expect(winnerOf([])).toBeUndefined()
})

test('pruning a leaf takes the ancestors that led to nothing else', () => {
  const tree: RevisionTree = [{ pos: 1, ids: node('a', node('b', node('c')), node('d')) }]
  const one = prune(tree, new Set(['3-c']))
  expect(leavesOf(one.tree).map((leaf) => leaf.rev)).toEqual(['2-d'])
  expect(one.removed.sort()).toEqual(['2-b', '3-c'])
  expect(prune(tree, new Set(['3-c', '2-d'])).tree).toEqual([])
})

test('a revision that others were made from stays', () => {
  const tree: RevisionTree = [{ pos: 1, ids: node('a', node('b')) }]
  expect(prune(tree, new Set(['1-a']))).toEqual({ tree, removed: [] })
})
