import type { Words } from './primitives.ts'

/** A code with what it means, why, and what helps. */
export type CodeRow = { code: string; status: number; words: Words; cause: Words; remedy: Words }
/** Something that went wrong for somebody: an error on a screen, a record turned away, work that failed too often. */
export type CaseRow = {
  id: string
  kind: 'error' | 'record' | 'parked'
  code: string
  route?: string
  account?: string | undefined
  device?: string | undefined
  deviceName?: string
  /** A record's id, or what the work was about. */
  about?: string
  numbers: string[]
  figures: Record<string, string | number | boolean>
  firstAt: number
  at: number
  times: number
}
/** `code` as it was understood; empty when none was asked for. */
export type CaseAnswer = { code: string; cases: CaseRow[] }
