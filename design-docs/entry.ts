import { z } from 'zod'
import { member } from './facts.ts'
import { eventCode, instant, teamNumber, ulidText, words } from './primitives.ts'

/** A part of a form: lower-case letters, digits and hyphens, so that it can stand in an id and in a column's head. */
const partId = z.string().regex(/^[a-z][a-z0-9-]{0,29}$/)

/** A question of the organizers. Answers are kept with the contacts, never in facts, so phones of staff do not carry them. */
export const entryField = z.strictObject({
  id: partId,
  /** Asked once for the entry, of each member, or of those who apply as staff. */
  of: z.enum(['entry', 'member', 'staff']),
  kind: z.enum(['text', 'long-text', 'number', 'date', 'phone', 'choice', 'choices']),
  label: words,
  hint: words.optional(),
  required: z.boolean().default(false),
  /** Of `choice` and `choices`. */
  choices: z
    .array(z.strictObject({ id: partId, label: words }))
    .min(1)
    .max(50)
    .optional(),
  min: z.number().optional(),
  max: z.number().optional(),
})
export type EntryField = z.infer<typeof entryField>

/** Something to be agreed to. With `untilAge` it is a guardian who agrees, for members younger than that. */
const entryConsent = z.strictObject({
  id: partId,
  text: words,
  required: z.boolean().default(true),
  untilAge: z.int().min(1).max(130).optional(),
})
export type EntryConsent = z.infer<typeof entryConsent>

const whetherAsked = z.enum(['required', 'optional', 'no'])

/** What an event asks of those who enter: data that the form, its checks and the exports are made from. */
export const entryForm = z.strictObject({
  opensAt: instant.optional(),
  /** The first instant at which nobody can enter or edit any more; entries can go on during the day. */
  closesAt: instant.optional(),
  /** Classes that can be chosen; all when absent. */
  classIds: z.array(z.string().max(30)).min(1).max(50).optional(),
  /** No more teams than this; open when absent. */
  maxTeams: z.int().min(1).max(100_000).optional(),
  members: z
    .strictObject({ min: z.int().min(1).max(50), max: z.int().min(1).max(50) })
    .refine(({ min, max }) => min <= max, { path: ['max'] }),
  /** `full`: family and given name with a full-width space between. `single`: a name of one part is taken too. */
  memberNames: z.enum(['full', 'single']).default('full'),
  kana: whetherAsked.default('required'),
  age: whetherAsked.default('no'),
  gender: whetherAsked.default('no'),
  phone: whetherAsked.default('optional'),
  fields: z.array(entryField).max(40).default([]),
  consents: z.array(entryConsent).max(10).default([]),
  /** The first receipt number that is given out; the next free ones follow. */
  firstNumber: z.int().min(1).max(999_999).default(1),
})
export type EntryForm = z.infer<typeof entryForm>

const answer = z.union([z.string().max(2000), z.number(), z.array(z.string().max(30)).max(50)])
export const entryAnswers = z.record(z.string().max(30), answer)
export type EntryAnswers = z.infer<typeof entryAnswers>

/** What someone filled in, before it is checked against the form; bounds here only keep the size in hand. */
export const entryDraft = z.strictObject({
  name: z.string().max(300),
  kana: z.string().max(300).optional(),
  mail: z.string().max(320),
  phone: z.string().max(60).optional(),
  classIds: z.array(z.string().max(30)).max(10),
  members: z
    .array(
      z.strictObject({
        /** Kept when an entry is edited, so that what was recorded of a member stays theirs. */
        id: z.string().max(40).optional(),
        name: z.string().max(300),
        kana: z.string().max(300).optional(),
        age: z.number().optional(),
        gender: z.string().max(10).optional(),
        answers: entryAnswers.optional(),
      }),
    )
    .max(60),
  answers: entryAnswers.optional(),
  /** Ids of the consents that were ticked. */
  consents: z.array(z.string().max(30)).max(20).optional(),
})
export type EntryDraft = z.infer<typeof entryDraft>

/** An entry that keeps the form: what the log will say of the team, and what only the organizers may read. */
export const checkedEntry = z.strictObject({
  name: z.string(),
  kana: z.string().optional(),
  classIds: z.array(z.string()),
  members: z.array(member),
  mail: z.string(),
  phone: z.string().optional(),
  answers: entryAnswers,
  /** By member id. */
  memberAnswers: z.record(z.string(), entryAnswers),
  consents: z.array(z.string()),
})
export type CheckedEntry = z.infer<typeof checkedEntry>

/**
 * Who entered, in `zk-office`, under the id that the form made when it was first sent: sent again it is the same entry.
 * Contacts, answers and consents are nowhere else.
 */
export const entrant = z.strictObject({
  _rev: z.string().optional(),
  _id: z.string().startsWith('entrant:'),
  type: z.literal('entrant'),
  event: eventCode,
  draft: ulidText,
  /** Absent for the moment between the first write and the claim of a number. */
  number: teamNumber.optional(),
  /** Counts what was sent: 1 the entry itself. */
  version: z.int().min(1),
  entry: checkedEntry,
  /** What the log says of it; differs from `entry` only while a change is on its way there. */
  inLog: checkedEntry.optional(),
  language: z.enum(['ja', 'en']),
  wantsCopy: z.boolean(),
  enteredAt: instant,
  changedAt: instant,
  withdrawnAt: instant.optional(),
})
export type Entrant = z.infer<typeof entrant>

/** The claim of a receipt number: whoever writes it first has the number. */
export const receipt = z.strictObject({
  _rev: z.string().optional(),
  _id: z.string().startsWith('receipt:'),
  type: z.literal('receipt'),
  event: eventCode,
  number: teamNumber,
  draft: ulidText,
})
