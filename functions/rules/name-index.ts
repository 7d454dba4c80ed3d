import type { Card } from '../../design-docs/derived.ts'
import { foldName } from './fold-name.ts'

type Named = Pick<Card, 'team' | 'name' | 'kana' | 'members'>
type Entry = { team: string; names: string[]; all: string }

/** Finds teams by number or by parts of team and member names and readings; the keys are made once for each card. */
export class NameIndex {
  readonly #entries = new Map<string, Entry>()

  constructor(cards: Iterable<Named> = []) {
    for (const card of cards) this.put(card)
  }

  put({ team, name, kana, members }: Named): void {
    const names = [name, kana, ...members.flatMap((member) => [member.name, member.kana])]
      .filter((text) => text !== undefined)
      .map(foldName)
    this.#entries.set(team, { team, names, all: names.join('\n') })
  }

  delete(team: string): void {
    this.#entries.delete(team)
  }

  /**
   * Numbers of the teams in which every word of the query is found, the best first: the very number, a number or name
   * that begins so, then the rest, each by number.
   */
  search(query: string, limit = 50): string[] {
    const whole = foldName(query)
    if (whole === '') return []
    const number = whole.toUpperCase()
    const words = query.normalize('NFKC').split(/\s+/).map(foldName).filter(Boolean)
    const found: { team: string; grade: number }[] = []
    for (const { team, names, all } of this.#entries.values()) {
      const grade =
        gradeOf(team, number) ?? (words.every((word) => all.includes(word)) ? nameGrade(names, whole) : null)
      if (grade !== null) found.push({ team, grade })
    }
    return found
      .sort((a, b) => a.grade - b.grade || a.team.length - b.team.length || (a.team < b.team ? -1 : 1))
      .slice(0, limit)
      .map(({ team }) => team)
  }
}

const gradeOf = (team: string, number: string) => (team === number ? 0 : team.startsWith(number) ? 1 : null)
const nameGrade = (names: readonly string[], whole: string) => (names.some((name) => name.startsWith(whole)) ? 2 : 3)
