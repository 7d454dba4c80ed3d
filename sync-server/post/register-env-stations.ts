import { type Station, stationDocId, station as stationSchema } from '../../design-docs/stations.ts'
import type { CouchDoc } from '../couch/client.ts'
import type { Installation } from '../login/installation.ts'
import { amendDoc, readDocs } from '../login/office.ts'
import type { EnvStation } from './read-smtp-urls.ts'

/**
 * Makes the stations of the environment known to the console, without their passwords, and forgets those that are named
 * there no more. Budgets and pauses that an admin set stay.
 */
export async function registerEnvStations(it: Installation, wanted: readonly EnvStation[]): Promise<void> {
  for (const { password, ...endpoint } of wanted) {
    await amendDoc<Station>(it.office, stationDocId(endpoint.id), {
      schema: stationSchema,
      change: (found) =>
        found
          ? null
          : {
              _id: stationDocId(endpoint.id),
              type: 'station',
              ...endpoint,
              source: 'environment',
              paused: false,
              createdAt: it.now(),
            },
    })
  }
  const known = await readDocs(it.office, 'station', stationSchema)
  const gone = known.filter(({ id, source }) => source === 'environment' && !wanted.some((one) => one.id === id))
  if (gone.length > 0) await it.office.bulk(gone.map((one) => ({ ...one, _deleted: true }) as CouchDoc))
}
