import type { Card } from '../../design-docs/derived.ts'

/** A part of a card on screen: a checkpoint's row, the total, or the lines that moved it. */
export type CardPart = `row:${string}` | 'net' | 'lines' | 'members'

/** Parts of the card that read otherwise than before; a copy that merely arrived anew has none. */
export function whatChanged(before: Card, after: Card): CardPart[] {
  const rows = new Map(before.checkpoints.map((row) => [row.checkpoint, JSON.stringify(row)]))
  const differs = (part: (card: Card) => unknown) => JSON.stringify(part(before)) !== JSON.stringify(part(after))
  return [
    ...after.checkpoints
      .filter((row) => rows.get(row.checkpoint) !== JSON.stringify(row))
      .map(({ checkpoint }): CardPart => `row:${checkpoint}`),
    ...(before.points.net === after.points.net ? [] : ['net' as const]),
    ...(differs(({ lines }) => lines) ? ['lines' as const] : []),
    ...(differs(({ members, reception }) => [members, reception]) ? ['members' as const] : []),
  ]
}
