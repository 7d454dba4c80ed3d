import { type Couch, CouchError } from './client.ts'

/** Names of the nodes of a cluster, or the one that answers. */
export async function nodesOf(couch: Couch): Promise<string[]> {
  const answer = await couch.json('GET', '/_membership').catch(() => null)
  const nodes = (answer as { cluster_nodes?: string[] } | null)?.cluster_nodes ?? []
  return nodes.length > 0 ? nodes : ['_local']
}

/**
 * A value of a node's configuration, kept by CouchDB across restarts.
 * https://docs.couchdb.org/en/stable/api/server/configuration.html
 */
export function nodeConfig(couch: Couch, node: string, section: string, key: string) {
  const path = `/_node/${encodeURIComponent(node)}/_config/${section}/${encodeURIComponent(key)}`

  async function read(): Promise<string | null> {
    return (await couch.json('GET', path).catch((error: unknown) => {
      if (error instanceof CouchError && error.status === 404) return null
      throw error
    })) as string | null
  }

  return {
    read,
    async ensure(value: string): Promise<void> {
      if ((await read()) !== value) await couch.json('PUT', path, value)
    },
  }
}
