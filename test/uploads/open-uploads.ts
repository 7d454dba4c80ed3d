import { createHash } from 'node:crypto'
import { ulid } from '../../design-docs/ids.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import type { Role } from '../../design-docs/primitives.ts'
import type { BatchView, UploadRow } from '../../design-docs/uploads.ts'
import { bulkUpload } from '../../sync-server/kept/bulk-upload.ts'
import { uploadRoutes } from '../../sync-server/uploads/upload-routes.ts'
import { openConsole } from '../results/open-console.ts'
import { factMaker, start } from '../rules/make-facts.ts'

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')
export const batchOf = (n: number) =>
  ulid(
    start,
    Uint8Array.from({ length: 10 }, () => n),
  )

/** The console's API with uploads, and teams 12 and 34 that have entered. */
export async function openUploads(plan: { event?: EventDoc; checkpoints?: CheckpointDoc[] } = {}) {
  const console = await openConsole(plan)
  const { installation: it, storage, deps } = console
  console.app.route('/api', uploadRoutes({ it, storage }, deps.desks))
  const kept = bulkUpload({ it, storage }, deps.desks)
  console.app.route('/', kept)
  console.app.route('/api', kept)
  await console.write(...['12', '34'].map((team) => factMaker(team).entry()))
  await console.settled()
  const path = (batch: string, rest = '') => `/events/demo/uploads/${batch}${rest}`

  return {
    ...console,
    path,
    begin: (batch: string, more: object = {}, who = console.admin) =>
      who.ask('PUT', path(batch), { name: 'photos', team: null, ...more }),
    send: (batch: string, name: string, bytes: Uint8Array, who = console.admin) =>
      who.ask<{ problem: string | null }>(
        'PUT',
        `${path(batch)}/files/${sha256(bytes)}?path=${encodeURIComponent(name)}`,
        bytes,
      ),
    async rows(batch: string): Promise<Map<string, UploadRow>> {
      const { body } = await console.admin.ask<BatchView>('GET', path(batch))
      return new Map(body.rows.flatMap((row) => row.paths.map((name) => [name, row] as const)))
    },
    choose: (batch: string, files: Uint8Array[], choice: object, who = console.admin) =>
      who.ask<BatchView>('POST', path(batch, '/choices'), { files: files.map(sha256), choice }),
    take: (batch: string, who = console.admin) =>
      who.ask<{ taken: number; left: number }>('POST', path(batch, '/take')),
    /** As a script sends a form. */
    async script(
      photos: Record<string, Uint8Array>,
      fields: object = {},
      { role = 'admin' as Role, at = '/api/bulk-upload-photos/' } = {},
    ) {
      const form = new FormData()
      for (const [name, value] of Object.entries({ event_code: 'demo', ...fields })) form.append(name, String(value))
      for (const [name, bytes] of Object.entries(photos)) form.append('photos', new Blob([new Uint8Array(bytes)]), name)
      const headers = { authorization: `Bearer ${await console.token(role)}` }
      const answer = await console.app.request(at, { method: 'POST', headers, body: form })
      return { status: answer.status, body: (await answer.json()) as ScriptAnswer }
    },
  }
}
export type ScriptAnswer = {
  status: string
  message: string
  batch: string
  results: { file: string; status: string; reason: string; checkin_id: string | null }[]
}
