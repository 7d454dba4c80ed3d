import { z } from '@hono/zod-openapi'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { pictureType } from '../../functions/rules/picture-type.ts'
import type { Palettes } from './save-palette.ts'

export const pictureAnswer = {
  200: { description: 'A small picture', content: { 'image/*': { schema: z.string().describe('bytes') } } },
}

/** A small picture that lies beside a document of `desk`; its type comes from its bytes. ZK-FILM-003 without one. */
export async function attachedPicture(
  it: Palettes['it'],
  event: string,
  { id, name }: { id: string; name: string },
): Promise<Response> {
  const bytes = await it.couch.database(databaseName(event, 'desk')).attachment(id, name)
  const type = bytes && pictureType(bytes)
  if (!bytes || !type) throw new AppError('ZK-FILM-003')
  return new Response(new Uint8Array(bytes), {
    headers: { 'content-type': type, 'cache-control': 'private, max-age=300' },
  })
}
