import type { OpenAPIHono, z } from '@hono/zod-openapi'
import { AppError } from '../../design-docs/errors.ts'
import {
  generateScoreboardAnswer,
  generateScoreboardRequest,
  keptError,
  registerTeamAnswer,
  registerTeamRequest,
  updateTeamNameAnswer,
  updateTeamNameRequest,
} from '../../design-docs/kept.ts'
import type { NumberClaims } from '../entry/claim-number.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { openApi } from '../results/open-api.ts'
import { baseOf } from '../scoreboards/scoreboard-routes.ts'
import { generateScoreboard } from './generate-scoreboard.ts'
import { readRequest } from './read-request.ts'
import { type Registration, registerTeam } from './register-team.ts'
import { renameTeam } from './rename-team.ts'

export type KeptDeps = {
  it: Installation
  claims: NumberClaims
  setPassword: Registration['setPassword']
  /** Lets the external system hear of a team once more, at once. */
  tellAgain(event: string, team: string): Promise<void>
  /** Whoever works on jobs in this process looks at once. */
  pokeJobs?(): void
  publicUrl?: string | undefined
}

const tags = ['kept']
const answers = <T extends z.ZodType>(schema: T) => ({
  200: { description: 'Done', content: { 'application/json': { schema } } },
  default: { description: 'What went wrong', content: { 'application/json': { schema: keptError } } },
})
/** Either is read by hand, since a form holds nothing but text. */
const bodyOf = (schema: z.ZodType) => ({
  content: { 'application/json': { schema }, 'application/x-www-form-urlencoded': { schema } },
})

/** The routes that callers have used since before zekken, to be mounted at the root and under `/api`. */
export function keptRoutes({
  it,
  claims,
  setPassword,
  tellAgain,
  pokeJobs = () => {},
  publicUrl,
}: KeptDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  const timestamp = () => new Date(it.now()).toISOString()

  api.openAPIRegistry.registerPath({
    method: 'post',
    path: '/register_team',
    tags,
    summary: 'Enter a team under a number of your own, or let the external system hear of it again',
    request: { body: bodyOf(registerTeamRequest) },
    responses: answers(registerTeamAnswer),
  })
  api.post('/register_team', async (c) => {
    const asked = await readRequest(c, registerTeamRequest)
    if (asked.event_code !== c.var.caller.event) throw new AppError('ZK-AUTH-002')
    const { number, was } = await registerTeam(it, asked, { claims, setPassword, by: c.var.caller.account })
    if (was === 'known') await tellAgain(asked.event_code, number)
    const message = was === 'known' ? `${number} is registered already.` : `${number} is registered.`
    return c.json({ status: 'OK', message, team_id: number, timestamp: timestamp() }, 200)
  })

  api.openAPIRegistry.registerPath({
    method: 'post',
    path: '/update_team_name',
    tags,
    summary: 'Give a team another name, here and in the external system',
    request: { body: bodyOf(updateTeamNameRequest) },
    responses: answers(updateTeamNameAnswer),
  })
  api.post('/update_team_name', async (c) => {
    const asked = await readRequest(c, updateTeamNameRequest)
    if (asked.event_code !== c.var.caller.event) throw new AppError('ZK-AUTH-002')
    const { oldName, newName } = await renameTeam(it, asked, c.var.caller)
    const message = `${asked.zekken_number} is renamed.`
    const names = { old_name: oldName, new_name: newName }
    return c.json({ status: 'OK', message, ...names, timestamp: timestamp() }, 200)
  })

  api.openAPIRegistry.registerPath({
    method: 'post',
    path: '/generate_scoreboard',
    tags,
    summary: 'Make the scoreboard of a team, or of all, in the background',
    request: { body: bodyOf(generateScoreboardRequest) },
    responses: answers(generateScoreboardAnswer),
  })
  api.post('/generate_scoreboard', async (c) => {
    const asked = await readRequest(c, generateScoreboardRequest)
    if (asked.event_code !== c.var.caller.event) throw new AppError('ZK-AUTH-002')
    const order = { by: c.var.caller.account, poke: pokeJobs }
    const { jobId, message, path } = await generateScoreboard(it, asked, order)
    const url = path === null ? {} : { url: baseOf(publicUrl, c.req.url) + path }
    return c.json({ status: 'OK', message, job_id: jobId, ...url, timestamp: timestamp() }, 200)
  })
  return api
}
