import { audit, forgottenAudit } from '../../design-docs/audit.ts'
import type { Database, Stored } from '../couch/client.ts'
import { type ChainHead, hashOf, lineId, noLines } from './link-line.ts'

/**
 * What is wrong with a line: it is not there, it was written over, it says something else than when it was written, it
 * does not follow the one before, or another one claims its place.
 */
export type ChainProblem = 'missing' | 'rewritten' | 'changed' | 'unlinked' | 'forked' | 'unreadable'
export type ChainReport = {
  /** Whole lines, forgotten ones among them. */
  lines: number
  forgotten: number
  /** Of the last whole line: noted down elsewhere, it proves later that nothing was cut off the end. */
  head: ChainHead
  broken: { seq: number; id: string; problem: ChainProblem } | null
  /** Whether the hash that was asked for is one of the chain's; null when none was. */
  holds: boolean | null
}

const pageSize = 1000

/** Walks the whole chain and stops at the first line that is not as it was written. */
export async function verifyChain(office: Database, asked?: string): Promise<ChainReport> {
  const report: ChainReport = { lines: 0, forgotten: 0, head: noLines, broken: null, holds: asked ? false : null }
  for (let startkey = lineId(1); ; ) {
    const rows = await office.all({
      startkey,
      endkey: `${lineId(0).slice(0, -12)}\uffff`,
      includeDocs: true,
      conflicts: true,
      limit: pageSize,
    })
    for (const { doc } of rows) {
      if (!doc) continue
      const seq = report.head.seq + 1
      const problem = problemOf(doc, report.head)
      if (problem) return { ...report, broken: { seq, id: lineId(seq), problem } }
      report.head = { seq, hash: String(doc.hash) }
      report.lines++
      if (doc.forgotten === true) report.forgotten++
      if (asked === doc.hash) report.holds = true
    }
    if (rows.length < pageSize) return report
    startkey = lineId(report.head.seq + 1)
  }
}

function problemOf(doc: Stored, head: ChainHead): ChainProblem | null {
  if (doc._id !== lineId(head.seq + 1)) return 'missing'
  if (doc._conflicts?.length) return 'forked'
  const whole = audit.safeParse(doc).data
  const { seq, before, says, hash } = whole ?? forgottenAudit.safeParse(doc).data ?? {}
  if (seq === undefined || before === undefined || says === undefined || hash === undefined) return 'unreadable'
  if (whole) {
    if (!doc._rev.startsWith('1-')) return 'rewritten'
    const { _id, _rev, type, seq: _, before: __, says: ___, hash: ____, ...said } = whole
    if (hashOf(said) !== says) return 'changed'
  }
  if (seq !== head.seq + 1 || before !== head.hash || hash !== hashOf({ seq, before, says })) return 'unlinked'
  return null
}
