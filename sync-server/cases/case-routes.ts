import { Hono } from 'hono'
import type { CodeRow } from '../../design-docs/cases.ts'
import { errorHelp } from '../../design-docs/error-help.ts'
import { type ErrorCode, errorTable } from '../../design-docs/errors.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { findCases } from './find-cases.ts'

const codes: readonly CodeRow[] = (Object.keys(errorTable) as ErrorCode[]).sort().map((code) => {
  const { status, en, ja } = errorTable[code]
  return { code, status, words: { en, ja }, ...errorHelp[code] }
})

/** By what a participant reads out the console finds the case, to be mounted at `/api/events`. */
export function caseRoutes(it: Installation): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()
  app.get('/:event/codes', (c) => c.json({ codes }))
  app.get('/:event/cases', async (c) => {
    const number = (c.req.query('number') ?? '').normalize('NFKC').toUpperCase().replace(/\s/g, '').slice(0, 12)
    const code = readCode(c.req.query('code') ?? '')
    return c.json(await findCases(it, { event: c.req.param('event'), number, code }))
  })
  return app
}

/** As people type what is read out to them: `gate 5`, `ＺＫ－ＧＡＴＥ－００５`, `zk gate 005`. */
export function readCode(text: string): string {
  const plain = text.normalize('NFKC').toUpperCase()
  const [, area, digits] = /(?:ZK)?[\s-]*([A-Z]+)[\s-]*(\d{1,3})/.exec(plain) ?? []
  return area && digits ? `ZK-${area}-${digits.padStart(3, '0')}` : plain.trim()
}
