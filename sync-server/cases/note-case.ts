import { createHash } from 'node:crypto'
import type { Context } from 'hono'
import type { Caller } from '../../design-docs/access.ts'
import type { ErrorCode } from '../../design-docs/errors.ts'
import { type ErrorCase, errorCase } from '../../design-docs/kept-aside.ts'
import { findRoute } from '../login/find-route.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc } from '../login/office.ts'

/** Whom an error met: who is signed in, or the number that somebody gave to sign in. */
type Met = { caller: Caller | undefined; about: { event: string; number: string } | undefined }

/** Met all day and by themselves, or on the way to another answer: nobody reads these out. */
const unremarkable: readonly ErrorCode[] = [
  'ZK-AUTH-001',
  'ZK-AUTH-009',
  'ZK-AUTH-010',
  'ZK-GATE-002',
  'ZK-FILM-001',
  'ZK-FILM-002',
  'ZK-SYS-003',
]
/** However many errors there are, so many are written in ten seconds. */
const mostInTenSeconds = 30

/** Keeps what people were told went wrong, so that the console finds it by number and code. Waits for nothing. */
export function caseNotes(it: Installation): (c: Context, code: ErrorCode, figures?: Record<string, unknown>) => void {
  let since = 0
  let written = 0
  return (c, code, figures) => {
    if (unremarkable.includes(code) || !c.req.path.startsWith('/api/')) return
    const met: Met = { caller: c.get('caller') as Caller | undefined, about: c.get('about') }
    if (!met.caller && !met.about) return
    const now = it.now()
    if (now - since > 10_000) [since, written] = [now, 0]
    if (++written > mostInTenSeconds) return
    const route = findRoute(c.req.method, c.req.path)?.route ?? ''
    // A convenience: its failing must not change what the caller is told.
    void noteCase(it, { met, code, route, figures }).catch((cause: unknown) => it.warn('an error was not noted', cause))
  }
}

type Found = { met: Met; code: ErrorCode; route: string; figures: Record<string, unknown> | undefined }

async function noteCase(it: Installation, { met: { caller, about }, code, route, figures }: Found): Promise<void> {
  const event = caller?.event ?? about?.event ?? ''
  const who = caller?.device ?? about?.number ?? ''
  const hash = createHash('sha256').update([code, who, caller?.account, route].join('\n')).digest('hex')
  const _id = `case:${event}:${hash.slice(0, 32)}`
  const now = it.now()
  await amendDoc(it.office, _id, {
    schema: errorCase,
    change: (found): ErrorCase => ({
      _id,
      type: 'case',
      event,
      code,
      route,
      ...(caller ? { account: caller.account, device: caller.device } : {}),
      numbers: caller ? [...caller.teams].slice(0, 50) : about ? [about.number] : [],
      figures: harmless(figures ?? {}),
      firstAt: found?.firstAt ?? now,
      at: now,
      times: (found?.times ?? 0) + 1,
    }),
  })
}

/** Numbers and short words; nothing that opens a door. */
function harmless(figures: Record<string, unknown>): ErrorCase['figures'] {
  const shown = Object.entries(figures).flatMap(([name, value]): [string, string | number | boolean][] => {
    if (name === 'order') return []
    if (typeof value === 'number' || typeof value === 'boolean') return [[name, value]]
    if (typeof value === 'string') return [[name, value.slice(0, 80)]]
    if (name !== 'fields' || !Array.isArray(value)) return []
    const fields = value.map(
      (one) => `${(one as { field?: unknown }).field}: ${(one as { problem?: unknown }).problem}`,
    )
    return [[name, fields.join(', ').slice(0, 200)]]
  })
  return Object.fromEntries(shown.slice(0, 12))
}
