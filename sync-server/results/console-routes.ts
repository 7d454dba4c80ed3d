import type { OpenAPIHono } from '@hono/zod-openapi'
import { chatRoutes } from '../chat/chat-routes.ts'
import { bulkRoutes } from '../disputes/bulk-routes.ts'
import { disputeRoutes } from '../disputes/dispute-routes.ts'
import { keptReviewRoutes } from '../kept/kept-review-routes.ts'
import type { GuardedEnv } from '../login/guard.ts'
import { pageRoutes } from '../pages/page-routes.ts'
import { rankingRoutes } from '../rankings/ranking-routes.ts'
import { surveyRoutes } from '../surveys/survey-routes.ts'
import { addApiDocs } from './api-docs.ts'
import type { ConsoleDeps } from './console-deps.ts'
import { eventRoutes } from './event-routes.ts'
import { importRoutes } from './import-routes.ts'
import { claimBoard } from './live-feed.ts'
import { liveRoutes } from './live-routes.ts'
import { openApi } from './open-api.ts'
import { planRoutes } from './plan-routes.ts'
import { reviewRoutes } from './review-routes.ts'

type Api = OpenAPIHono<GuardedEnv>

/**
 * The API of the console, to be mounted under `/api`, with routes of other rooms that it uses, too. Errors are thrown; the
 * server's one place maps them.
 */
export function consoleRoutes(deps: ConsoleDeps, others: readonly Api[] = []): Api {
  const board = claimBoard()
  const api = openApi()
  api.route('/', eventRoutes(deps))
  api.route('/', reviewRoutes(deps, board))
  api.route('/', rankingRoutes(deps))
  api.route('/', bulkRoutes(deps))
  api.route('/', disputeRoutes(deps))
  api.route('/', keptReviewRoutes(deps))
  api.route('/', planRoutes(deps))
  api.route('/', importRoutes(deps))
  api.route('/', chatRoutes(deps))
  api.route('/', pageRoutes(deps))
  api.route('/', surveyRoutes(deps))
  api.route('/', liveRoutes(deps, board))
  for (const other of others) api.route('/', other)
  addApiDocs(api)
  return api
}
