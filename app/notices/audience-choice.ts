import type { Audience } from '../../design-docs/facts.ts'

/** What the list of audiences offers: everyone, participants, staff, certain teams, or one class as `class:<id>`. */
export type AudienceChoice = 'everyone' | 'participants' | 'staff' | 'teams' | `class:${string}`

/** The numbers in a typed list, in any width and case, each once; `bad` is the first that is none. */
export function readNumbers(text: string): { numbers: string[]; bad: string | null } {
  const parts = text
    .normalize('NFKC')
    .toUpperCase()
    .split(/[\s,、;・]+/u)
    .filter(Boolean)
  const bad = parts.find((part) => !/^[A-Z0-9]{1,12}$/.test(part)) ?? null
  return { numbers: [...new Set(parts)], bad }
}

export function audienceOf(choice: AudienceChoice, numbers: readonly string[]): Audience {
  if (choice === 'participants') return { roles: ['participant', 'agent'] }
  if (choice === 'staff') return { roles: ['staff', 'core', 'corner', 'judge', 'admin'] }
  if (choice === 'teams') return { teams: [...numbers] }
  return choice.startsWith('class:') ? { classes: [choice.slice('class:'.length)] } : {}
}
