import type { Card, Ranking, RankingRow } from '../../design-docs/derived.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import { compareRows, givePlaces, rowOf, toRanking } from './rank.ts'

/**
 * The rankings of an event, kept sorted: a changed card moves its rows and gives new places only to those it passed.
 * At any time equal to `rank` from the same cards. Another event document (rules, classes) needs a new index.
 */
export class RankingIndex {
  readonly #event: EventDoc
  readonly #classes: Map<string, ClassRows>

  constructor(event: EventDoc, cards: Iterable<Card> = []) {
    this.#event = event
    const all = [...cards]
    this.#classes = new Map(event.classes.map(({ id }) => [id, new ClassRows(all, id, event)]))
  }

  /** Takes in a team's card, or that it has none any more; returns the classes whose ranking differs now. */
  change(team: string, card: Card | null): string[] {
    const changed: string[] = []
    for (const [id, rows] of this.#classes) {
      const row = card?.classIds.includes(id) ? rowOf(card, id, this.#event) : null
      if (rows.change(team, row)) changed.push(id)
    }
    return changed
  }

  /** The ranking as it stands; later changes leave it as it is. */
  ranking(classId: string): Ranking | null {
    const rows = this.#classes.get(classId)
    return rows ? toRanking(classId, rows.copy(), this.#event) : null
  }
}

class ClassRows {
  readonly #rows: RankingRow[] = []
  /** Each team's row as it was sorted, its place aside. */
  readonly #byTeam = new Map<string, RankingRow>()

  constructor(cards: readonly Card[], classId: string, event: EventDoc) {
    for (const card of cards)
      if (card.classIds.includes(classId)) this.#byTeam.set(card.team, rowOf(card, classId, event))
    this.#rows.push(...this.#byTeam.values())
    this.#rows.sort(compareRows)
    givePlaces(this.#rows, 0, this.#rows.length)
  }

  copy(): RankingRow[] {
    return this.#rows.slice()
  }

  change(team: string, row: RankingRow | null): boolean {
    const old = this.#byTeam.get(team)
    if (old && row ? equalRows(old, row) : !old && !row) return false
    const left = old ? this.#indexOf(old) : this.#rows.length
    if (old) this.#rows.splice(left, 1)
    const entered = row ? this.#indexOf(row) : this.#rows.length
    if (row) this.#rows.splice(entered, 0, row)
    if (row) this.#byTeam.set(team, row)
    else this.#byTeam.delete(team)
    this.#renumber(Math.min(left, entered), Math.max(left, entered))
    return true
  }

  /** Where the row is, or would be. */
  #indexOf(row: RankingRow): number {
    let [low, high] = [0, this.#rows.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (compareRows(this.#rows[middle]!, row) < 0) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Between the two positions everything moved by one; behind them only those that shared a place with the last. */
  #renumber(first: number, last: number): void {
    const rows = this.#rows
    givePlaces(rows, first, Math.min(last + 1, rows.length))
    for (let i = last + 1; i < rows.length; i++) {
      const before = rows[i]
      givePlaces(rows, i, i + 1)
      if (rows[i] === before) return
    }
  }
}

function equalRows(a: RankingRow, b: RankingRow): boolean {
  const names = Object.keys(a) as (keyof RankingRow)[]
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}
