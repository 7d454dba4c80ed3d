import type { ZodError, z } from 'zod'
import { type BadField, type FieldProblem, fieldProblems } from '../../design-docs/errors.ts'

type Issue = z.core.$ZodIssue
const mostFields = 10

/** What a schema found wrong with what was given, where that is at hand: `figures.fields` of a refusal. */
export function badFields(error: ZodError, given?: unknown): BadField[] {
  const fields = error.issues.flatMap((issue): BadField[] => {
    const names = issue.code === 'unrecognized_keys' ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]
    return names.map((path) => ({ field: path.join('.'), problem: problemOf(issue, given) }))
  })
  return fields.slice(0, mostFields)
}

function problemOf(issue: Issue, given: unknown): FieldProblem {
  if (issue.code === 'unrecognized_keys') return 'unknown-field'
  const value = issue.path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null)?.[key], given)
  if (given !== undefined && (value === undefined || value === null || value === '')) return 'missing'
  switch (issue.code) {
    case 'too_small':
      return tooSmall[issue.origin] ?? 'too-low'
    case 'too_big':
      return tooBig[issue.origin] ?? 'too-high'
    case 'invalid_type':
      return issue.expected === 'number' || issue.expected === 'int' ? 'number' : 'format'
    case 'not_multiple_of':
      return 'number'
    case 'invalid_value':
      return 'choice'
    case 'custom':
      return named(issue.message)
    default:
      return 'format'
  }
}

const tooSmall: Record<string, FieldProblem> = { string: 'too-short', array: 'too-few', set: 'too-few' }
const tooBig: Record<string, FieldProblem> = { string: 'too-long', array: 'too-many', set: 'too-many' }

/** A condition of our own says its problem in place of a message. */
const named = (message: string): FieldProblem => fieldProblems.find((one) => one === message) ?? 'format'
