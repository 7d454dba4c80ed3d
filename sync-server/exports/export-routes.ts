import { createRoute, type OpenAPIHono, z } from '@hono/zod-openapi'
import { mayOpenImage } from '../../design-docs/access.ts'
import { type ExportFile, exportFiles, exportNames } from '../../design-docs/export-files.ts'
import { certificateTemplate, exportQuery } from '../../design-docs/exports.ts'
import { eventCode } from '../../design-docs/primitives.ts'
import { languageOf } from '../gateway/answer-error.ts'
import type { Storage } from '../images/storage.ts'
import type { GuardedEnv } from '../login/guard.ts'
import type { Printing } from '../print/printing.ts'
import type { ConsoleDeps } from '../results/console-deps.ts'
import { factsOfTeam } from '../results/evidence.ts'
import { errorBody, jsonAnswer, jsonBody } from '../results/json-answer.ts'
import { openApi } from '../results/open-api.ts'
import { readCertificate, saveCertificate } from './certificate-template.ts'
import { makeExport } from './make-export.ts'
import { rankingsAsked } from './rankings-asked.ts'
import { resultSet } from './result-set.ts'

export type ExportDeps = Pick<ConsoleDeps, 'couch' | 'desks' | 'now' | 'people'> &
  Printing & { storage: Pick<Storage, 'get'> }

const tags = ['exports']
const ofEvent = z.object({ event: eventCode })

/** Results as files, to be mounted under `/api`; each is written while it is sent. */
export function exportRoutes(deps: ExportDeps): OpenAPIHono<GuardedEnv> {
  const api = openApi()
  const file = createRoute({
    method: 'get',
    path: '/events/{event}/exports/{file}',
    tags,
    summary: 'Results as a file: all of them, or what a filter lets through',
    request: {
      params: z.object({ event: eventCode, file: z.enum(exportNames as [ExportFile, ...ExportFile[]]) }),
      query: exportQuery,
    },
    responses: {
      200: {
        description: 'The file',
        content: { 'application/octet-stream': { schema: z.string().describe('bytes') } },
      },
      default: { description: 'What went wrong, by code', content: { 'application/json': { schema: errorBody } } },
    },
  })
  api.openapi(file, async (c) => {
    const { event, file } = c.req.valid('param')
    const asked = c.req.valid('query')
    const [{ view }, people] = await Promise.all([deps.desks.of(event), deps.people(event)])
    const language = asked.language ?? languageOf(c.req.header('accept-language'))
    const rankings = await rankingsAsked(deps.couch, view, asked.snapshot)
    const set = resultSet({ ...view, rankings }, { asked, language, nowMs: deps.now(), people })
    // Originals say where they were taken; who may not open one gets what was made of it.
    const mayHaveOriginals = mayOpenImage(c.var.caller, 'original', undefined)
    const pieces = await makeExport(set, file, {
      options: asked,
      print: deps.print,
      photos: async () => ({
        images: view.images.values(),
        verdicts: view.verdicts,
        storage: deps.storage,
        originalsOf: async (team) => (mayHaveOriginals ? await originalsOf(deps, event, team) : new Map()),
      }),
      certificate: () => readCertificate(deps.couch, event),
    })
    const charset = asked.encoding === 'shift-jis' ? 'shift_jis' : 'utf-8'
    const type = file.endsWith('.csv') ? `text/csv; charset=${charset}` : exportFiles[file]
    c.header('content-type', type)
    c.header('content-disposition', `attachment; filename="${event}-${file}"`)
    return c.body(streamOf(pieces), 200)
  })

  const certificate = createRoute({
    method: 'get',
    path: '/events/{event}/certificate',
    tags,
    summary: 'What certificates say',
    request: { params: ofEvent },
    responses: jsonAnswer(certificateTemplate, 'The words, with placeholders'),
  })
  api.openapi(certificate, async (c) => c.json(await readCertificate(deps.couch, c.req.valid('param').event), 200))

  const save = createRoute({
    method: 'put',
    path: '/events/{event}/certificate',
    tags,
    summary: 'Change that',
    request: { params: ofEvent, body: jsonBody(certificateTemplate) },
    responses: jsonAnswer(certificateTemplate, 'The words as they stand'),
  })
  api.openapi(save, async (c) =>
    c.json(await saveCertificate(deps.couch, c.req.valid('param').event, c.req.valid('json')), 200),
  )
  return api
}

async function originalsOf({ couch }: ExportDeps, event: string, team: string): Promise<Map<string, string>> {
  const facts = await factsOfTeam(couch, event, team)
  return new Map(facts.flatMap((fact) => (fact.type === 'original' ? [[fact.photo, fact.storageKey] as const] : [])))
}

/** Read as fast as the caller takes it, and no further. */
function streamOf(parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): ReadableStream<Uint8Array<ArrayBuffer>> {
  async function* each() {
    yield* parts
  }
  const pieces = each()
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(new Uint8Array(value))
    },
    async cancel() {
      await pieces.return()
    },
  })
}
