import { OpenAPIHono } from '@hono/zod-openapi'
import { AppError, type ErrorCode } from '../../design-docs/errors.ts'

/** A set of routes whose bad input is one of the product's errors, with each bad field in `figures.fields`. */
export const openApi = (badInput: ErrorCode = 'ZK-SYS-004'): OpenAPIHono =>
  new OpenAPIHono({
    defaultHook: (result) => {
      if (result.success) return
      const fields = result.error.issues.map(({ path, message }) => ({ field: path.join('.'), problem: message }))
      throw new AppError(badInput, { figures: { fields } })
    },
  })
