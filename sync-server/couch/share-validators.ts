import type { Couch } from './client.ts'
import { nodeConfig, nodesOf } from './node-config.ts'

/**
 * Lets CouchDB run the validators of all databases in the same JavaScript processes. By default it empties and fills one
 * anew for each database, which makes writing to hundreds of team databases twice as dear; ours are all from one hand.
 * https://docs.couchdb.org/en/stable/config/query-servers.html (`db_tag`)
 */
export async function shareValidators(couch: Couch): Promise<void> {
  for (const node of await nodesOf(couch)) await nodeConfig(couch, node, 'query_server_config', 'db_tag').ensure('none')
}
