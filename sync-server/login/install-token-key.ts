import { type Couch, CouchError } from '../couch/client.ts'
import type { Keys } from './keys.ts'

/**
 * Makes every node of the database accept our access tokens, so that its own access rules are a second wall.
 * https://docs.couchdb.org/en/stable/api/server/authn.html#jwt-authentication
 */
export async function installTokenKey(couch: Couch, keys: Keys): Promise<void> {
  for (const node of await nodesOf(couch)) {
    const config = `/_node/${encodeURIComponent(node)}/_config`
    const key = `${config}/jwt_keys/${encodeURIComponent(`ec:${keys.signing.kid}`)}`
    // An ini value is one line: CouchDB reads `\n` for a line's end.
    const oneLine = keys.signing.publicPem.trim().replaceAll('\n', '\\n')
    if ((await readConfig(couch, key)) !== oneLine) await couch.json('PUT', key, oneLine)
    const handlers = `${config}/chttpd/authentication_handlers`
    const current = (await readConfig(couch, handlers)) ?? ''
    if (current && !current.includes('jwt_authentication_handler')) {
      await couch.json('PUT', handlers, `{chttpd_auth, jwt_authentication_handler}, ${current}`)
    }
  }
}

async function nodesOf(couch: Couch): Promise<string[]> {
  const answer = await couch.json('GET', '/_membership').catch(() => null)
  const nodes = (answer as { cluster_nodes?: string[] } | null)?.cluster_nodes ?? []
  return nodes.length > 0 ? nodes : ['_local']
}

async function readConfig(couch: Couch, path: string): Promise<string | null> {
  return (await couch.json('GET', path).catch((error: unknown) => {
    if (error instanceof CouchError && error.status === 404) return null
    throw error
  })) as string | null
}
