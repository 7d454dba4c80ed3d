import { z } from '@hono/zod-openapi'
import { fieldProblems } from '../../design-docs/errors.ts'

const fields = z
  .array(z.looseObject({ field: z.string(), problem: z.string() }))
  .optional()
  .describe(`What is wrong with which field of the request: ${fieldProblems.join(', ')}, or a code of the form's own`)

/** The error body of every route. */
export const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), figures: z.looseObject({ fields }).optional() }),
})

/** The answers of a route that gives JSON: 200 in this shape, anything else the product's error. */
export const jsonAnswer = <T extends z.ZodType>(schema: T, description: string) => ({
  200: { description, content: { 'application/json': { schema } } },
  default: { description: 'What went wrong, by code', content: { 'application/json': { schema: errorBody } } },
})

export const jsonBody = <T extends z.ZodType>(schema: T) => ({
  required: true,
  content: { 'application/json': { schema } },
})
