import { z } from '@hono/zod-openapi'

/** The error body of every route. */
export const errorBody = z.object({
  error: z.object({ code: z.string(), message: z.string(), figures: z.record(z.string(), z.unknown()).optional() }),
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
