import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { eventCode } from '../../design-docs/primitives.ts'
import { blankPage, printBibs, printBlankBibs, printPosters } from '../../design-docs/print.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Installation } from '../login/installation.ts'
import { errorBody, jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { bibsToPrint } from './bibs-to-print.ts'
import { blankBibs, blankRanges, freeFrom } from './blank-bibs.ts'
import { postersToPrint } from './posters-to-print.ts'
import type { Printing } from './printing.ts'

const tags = ['print']
const ofEvent = z.object({ event: eventCode })
const pdfAnswer = {
  200: { description: 'A PDF', content: { 'application/pdf': { schema: z.string().describe('bytes') } } },
  default: { description: 'What went wrong, by code', content: { 'application/json': { schema: errorBody } } },
}

export type PrintDeps = {
  printing: Printing
  /** The name under which phones reach us; the host asked for when absent. */
  publicUrl?: string | undefined
}

/** What is printed on paper, to be mounted under `/api`. */
export function printRoutes(it: Installation, { printing: { print }, publicUrl }: PrintDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()

  const bibs = createRoute({
    method: 'post',
    path: '/events/{event}/print/bibs',
    tags,
    summary: 'Bibs of teams as a PDF, A4, one to eight on a page',
    request: { params: ofEvent, body: jsonBody(printBibs) },
    responses: pdfAnswer,
  })
  api.openapi(bibs, async (c) => {
    const { event } = c.req.valid('param')
    const asked = c.req.valid('json')
    const { plan, bibs: printed } = await bibsToPrint(it, event, asked)
    const title = plan.name[asked.language]
    const pdf = await print({ kind: 'bibs', title, nowMs: it.now(), bibs: printed, perPage: asked.perPage })
    return answerPdf(c, pdf, `${event}-bibs`)
  })

  const ranges = createRoute({
    method: 'get',
    path: '/events/{event}/print/blank-bibs',
    tags,
    summary: 'Numbers that are set aside for blank bibs',
    request: { params: ofEvent },
    responses: jsonAnswer(blankPage, 'Ranges'),
  })
  api.openapi(ranges, async (c) => {
    const { event } = c.req.valid('param')
    return c.json({ ranges: await blankRanges(it, event), freeFrom: await freeFrom(it, event) }, 200)
  })

  const blanks = createRoute({
    method: 'post',
    path: '/events/{event}/print/blank-bibs',
    tags,
    summary: 'Blank signed bibs as a PDF; their numbers are set aside for teams that come without an entry',
    request: { params: ofEvent, body: jsonBody(printBlankBibs) },
    responses: pdfAnswer,
  })
  api.openapi(blanks, async (c) => {
    const { event } = c.req.valid('param')
    const asked = c.req.valid('json')
    const { title, bibs: printed } = await blankBibs(it, event, asked)
    const pdf = await print({ kind: 'bibs', title, nowMs: it.now(), bibs: printed, perPage: asked.perPage })
    return answerPdf(c, pdf, `${event}-blank-bibs`)
  })

  const posters = createRoute({
    method: 'post',
    path: '/events/{event}/print/posters',
    tags,
    summary: 'Posters as a PDF: checkpoints, entry, Wi-Fi',
    request: { params: ofEvent, body: jsonBody(printPosters) },
    responses: pdfAnswer,
  })
  api.openapi(posters, async (c) => {
    const { event } = c.req.valid('param')
    const asked = c.req.valid('json')
    const baseUrl = (publicUrl ?? new URL(c.req.url).origin).replace(/\/$/, '')
    const made = await postersToPrint(it, event, { asked, baseUrl })
    return answerPdf(c, await print({ kind: 'posters', nowMs: it.now(), ...made }), `${event}-posters`)
  })
  return api
}

/** Named by what has a safe form anyhow: event codes and words of our own. */
function answerPdf(c: Context, pdf: Uint8Array, name: string): Response {
  const headers = { 'content-type': 'application/pdf', 'content-disposition': `attachment; filename="${name}.pdf"` }
  return c.body(new Uint8Array(pdf), 200, headers)
}
