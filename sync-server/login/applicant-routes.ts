import { Hono } from 'hono'
import { z } from 'zod'
import { applicant as applicantSchema, officeRoles } from '../../design-docs/applications.ts'
import { AppError } from '../../design-docs/errors.ts'
import { listApplications } from '../entry/list-applications.ts'
import { readJson } from '../gateway/read-body.ts'
import type { GuardedEnv } from './guard.ts'
import type { Installation } from './installation.ts'
import { amendDoc, readDocs, writeAudit } from './office.ts'

const granting = z.strictObject({ role: z.enum(officeRoles).nullable() })

/**
 * Those who ask for a role, to be mounted at `/api/events`. Who came by OpenID Connect is of the installation: an admin
 * of any event sees them and gives them a role in that event, or takes it away again. Who applied did so to one event.
 */
export function applicantRoutes(it: Installation): Hono<GuardedEnv> {
  const app = new Hono<GuardedEnv>()

  app.get('/:event/applicants', async (c) => {
    const all = await readDocs(it.office, 'applicant', applicantSchema)
    const applicants = all
      .sort((one, other) => other.at - one.at)
      .map(({ account, issuer, name, mail, firstAt, at, grants }) => {
        const role = grants.find(({ event }) => event === c.req.param('event'))?.role ?? null
        return { account, issuer: new URL(issuer).host, name, mail, firstAt, at, role }
      })
    return c.json({ applicants, ...(await listApplications(it, c.req.param('event'))) })
  })

  app.put('/:event/applicants/:account', async (c) => {
    const { event, account } = c.req.param()
    const { role } = await readJson(c, granting)
    const [by, at] = [c.var.caller.account, it.now()]
    await amendDoc(it.office, `applicant:${account}`, {
      schema: applicantSchema,
      change(found) {
        if (!found) throw new AppError('ZK-PLAN-004', { figures: { account } })
        const others = found.grants.filter((grant) => grant.event !== event)
        return { ...found, grants: role ? [...others, { event, role, by, at }] : others }
      },
    })
    const details = role ? { role } : {}
    await writeAudit(it.office, at, { by, action: role ? 'role-given' : 'role-taken', about: account, event, details })
    return c.body(null, 204)
  })

  return app
}
