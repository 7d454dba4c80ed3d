import type { Couch } from '../couch/client.ts'
import { nodeConfig, nodesOf } from '../couch/node-config.ts'
import type { Keys } from './keys.ts'

/**
 * Makes every node of the database accept our access tokens, so that its own access rules are a second wall.
 * https://docs.couchdb.org/en/stable/api/server/authn.html#jwt-authentication
 */
export async function installTokenKey(couch: Couch, keys: Keys): Promise<void> {
  for (const node of await nodesOf(couch)) {
    // An ini value is one line: CouchDB reads `\n` for a line's end.
    for (const { kid, publicPem } of [keys.signing, ...keys.formerSignings]) {
      const oneLine = publicPem.trim().replaceAll('\n', '\\n')
      await nodeConfig(couch, node, 'jwt_keys', `ec:${kid}`).ensure(oneLine)
    }
    const handlers = nodeConfig(couch, node, 'chttpd', 'authentication_handlers')
    const current = (await handlers.read()) ?? ''
    if (current && !current.includes('jwt_authentication_handler')) {
      await handlers.ensure(`{chttpd_auth, jwt_authentication_handler}, ${current}`)
    }
  }
}
