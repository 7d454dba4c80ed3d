import type { OpenAPIHono } from '@hono/zod-openapi'
import type { GuardedEnv } from '../login/guard.ts'
import { addApiDocs } from './api-docs.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { eventRoutes } from './event-routes.ts'
import { importRoutes } from './import-routes.ts'
import { claimBoard } from './live-feed.ts'
import { liveRoutes } from './live-routes.ts'
import { openApi } from './open-api.ts'
import { planRoutes } from './plan-routes.ts'
import { reviewRoutes } from './review-routes.ts'

/** The API of the console, to be mounted under `/api`. Errors are thrown; the server's one place maps them. */
export function consoleRoutes(deps: ConsoleDeps): OpenAPIHono<GuardedEnv> {
  const board = claimBoard()
  const api = openApi()
  api.route('/', eventRoutes(deps))
  api.route('/', reviewRoutes(deps, board))
  api.route('/', planRoutes(deps))
  api.route('/', importRoutes(deps))
  api.route('/', liveRoutes(deps, board))
  addApiDocs(api)
  return api
}
