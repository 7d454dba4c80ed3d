import { z } from 'zod'

export const importFormats = ['csv', 'gpx', 'iof-xml'] as const

/** What can be wrong with a field of an imported line. */
export const importProblems = [
  'missing',
  'not-a-number',
  'out-of-range',
  'not-a-code',
  'twice',
  'unknown-class',
  'unknown-kind',
  'too-long',
  'too-many',
  'unknown-gender',
  'no-member',
  'two-lists',
  'beyond-headings',
  'after-quote',
  'not-reachable',
  'same-number',
  'forgotten',
] as const
export const importNote = z.strictObject({
  field: z.string(),
  problem: z.enum(importProblems).optional(),
  was: z.string().optional(),
  is: z.string().optional(),
  /** The file does not say; this is a guess to look at. */
  assumed: z.literal(true).optional(),
})
export type ImportNote = z.infer<typeof importNote>

/** What can be wrong with a file as a whole, so that nothing of it is taken in. */
export const fileProblems = [
  'empty',
  'no-lines',
  'no-number-column',
  'heading-twice',
  'unclosed-quote',
  'workbook',
  'not-text',
  'not-well-formed',
  'unknown-format',
] as const
export type FileProblem = (typeof fileProblems)[number]

/** A column of a table that belongs to no field; its place counts from 1. */
export const leftOutColumn = z.strictObject({ column: z.int(), heading: z.string() })
export type LeftOutColumn = z.infer<typeof leftOutColumn>

/** One line of an import: what it would do, or what is wrong with it. */
export const importLine = z.strictObject({
  line: z.int(),
  number: z.string(),
  label: z.string(),
  does: z.enum(['add', 'change', 'same', 'bad']),
  notes: z.array(importNote),
})
export type ImportLine = z.infer<typeof importLine>
export const importAnswer = z.strictObject({
  format: z.enum(importFormats),
  encoding: z.string(),
  /** Columns that are not taken in. */
  leftOut: z.array(leftOutColumn),
  lines: z.array(importLine),
  committed: z.boolean(),
})
export type ImportAnswer = z.infer<typeof importAnswer>
