import { z } from 'zod'
import { outside } from './derived.ts'
import { eventCode, instant, teamNumber } from './primitives.ts'

/** What a call to the external system says of a team. */
const said = { name: true, className: true, memberCount: true, report: true, status: true } as const
export const outsideContent = outside.pick(said)
export type OutsideContent = z.infer<typeof outsideContent>

export const outsideRoutes = ['register_team', 'update_team_name', 'update_team_status', 'report_link'] as const

/**
 * How far the external system is with a team, in `zk-office`, written by the messenger alone. `asked` is what it was
 * called with last and `outcome` what came of that: `unknown` may have been heard or not.
 */
export const told = z.strictObject({
  _rev: z.string().optional(),
  _id: z.string().startsWith('told:'),
  type: z.literal('told'),
  event: eventCode,
  team: teamNumber,
  /** What it has said that it knows. */
  told: outsideContent.nullable(),
  asked: outsideContent.nullable(),
  /** By what call; one that is tried again is the same. */
  route: z.enum(outsideRoutes).optional(),
  outcome: z.enum(['none', 'accepted', 'refused', 'unknown']),
  /** Counts what was asked, so that a call that is tried again is known as the same. */
  version: z.int().min(0),
  externalId: z.string().max(200).nullable(),
  /** Since the last answer. */
  tries: z.int().min(0),
  nextAt: instant,
  error: z.string().max(500).nullable(),
  at: instant,
})
export type Told = z.infer<typeof told>
export const toldId = (event: string, team: string) => `told:${event}:${team}`

/** A note to the messenger: this team is to be told anew, whatever it has heard. */
export const tellAgainNote = z.strictObject({
  _rev: z.string().optional(),
  _id: z.string().startsWith('tell-again:'),
  type: z.literal('tell-again'),
  event: eventCode,
  team: teamNumber,
  at: instant,
})
export const tellAgainId = (event: string, team: string) => `tell-again:${event}:${team}`

/** What the console shows of a team in the external system. */
export const outsideState = z.strictObject({
  state: z.enum(['pending', 'known', 'refused']),
  /** What it is to know. */
  status: z.enum(['entered', 'withdrawn', 'deleted']),
  externalId: z.string().nullable(),
  error: z.string().nullable(),
  tries: z.int(),
  /** When it last answered, or was last tried; null: not yet. */
  at: instant.nullable(),
})
export type OutsideState = z.infer<typeof outsideState>
