import { OpenAPIHono } from '@hono/zod-openapi'
import { AppError, type ErrorCode } from '../../design-docs/errors.ts'
import { badFields } from '../gateway/bad-fields.ts'
import type { GuardedEnv } from '../login/guard.ts'

/** A set of routes whose bad input is one of the product's errors, with each bad field in `figures.fields`. */
export const openApi = (badInput: ErrorCode = 'ZK-SYS-004'): OpenAPIHono<GuardedEnv> =>
  new OpenAPIHono<GuardedEnv>({
    defaultHook: (result) => {
      if (result.success) return
      // The validator hands on what it was given, which the type of a failed result leaves out.
      const { data } = result as { data?: unknown }
      throw new AppError(badInput, { figures: { fields: badFields(result.error, data) } })
    },
  })
