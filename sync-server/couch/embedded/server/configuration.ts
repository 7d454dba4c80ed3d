import { jsonAnswer } from '../routing/json-answer.ts'
import { badRequest, methodNotAllowed, Refusal } from '../routing/refusal.ts'
import { readJson } from '../routing/request-body.ts'
import type { Registry } from '../storage/registry.ts'
import type { ServerRequest } from './server-routes.ts'

/**
 * /_node/_local/_config[/section[/key]], stored with the registry. Only `jwt_keys` means anything to this server; the
 * rest is kept so that a script written for CouchDB finds what it wrote.
 */
export async function configuration(registry: Registry, { raw, path }: ServerRequest): Promise<Response> {
  const [, node, kind, section, key, ...rest] = path
  if ((node !== '_local' && node !== 'nonode@nohost') || kind !== '_config' || rest.length > 0) {
    throw new Refusal(404, 'not_found', 'missing')
  }
  const { config } = registry
  if (raw.method === 'GET' && key === undefined) {
    const sections = [...config].map(([name, keys]) => [name, Object.fromEntries(keys)])
    return jsonAnswer(
      section === undefined ? Object.fromEntries(sections) : Object.fromEntries(config.get(section) ?? []),
    )
  }
  if (section === undefined || key === undefined) throw methodNotAllowed('GET')
  const before = config.get(section)?.get(key)
  if (raw.method === 'PUT') {
    const value = await readJson(raw)
    if (typeof value !== 'string') throw badRequest('The value must be a JSON string.')
    await registry.configure(section, key, value)
    return jsonAnswer(before ?? '')
  }
  if (before === undefined) throw new Refusal(404, 'not_found', 'unknown_config_value')
  if (raw.method === 'GET') return jsonAnswer(before)
  if (raw.method !== 'DELETE') throw methodNotAllowed('GET', 'PUT', 'DELETE')
  await registry.configure(section, key, undefined)
  return jsonAnswer(before)
}
