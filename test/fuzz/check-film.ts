import type { ImageDoc } from '../../design-docs/derived.ts'
import type { Fact, FactOf } from '../../design-docs/facts.ts'
import type { World } from './check.ts'
import { event } from './fuzz-server.ts'
import { fail, same } from './same.ts'

type Docs = { facts: Map<string, Fact>; desk: Map<string, unknown> }

/** Every photo's original is on the server as it was taken, and its image is made of just that photo. */
export async function checkFilm({ server, phones }: World, { facts, desk }: Docs): Promise<void> {
  const photos = [...facts.values()].filter((fact) => fact.type === 'photo')
  const film = new Map([...phones, server.office].flatMap((one) => [...one.film]))
  const images = [...desk.keys()].filter((id) => id.startsWith('image:')).sort()
  same(images, photos.map(({ _id }) => `image:${_id}`).sort(), 'every photo has its image')
  for (const photo of photos) {
    const original = facts.get(photo._id.replace(':photo:', ':original:')) as FactOf<'original'> | undefined
    if (!original) fail(`lost: the original of ${photo._id}`)
    const stored = await server.storage.get(original.storageKey)
    const taken = film.get(photo.sha256)
    if (!stored || !taken?.equals(stored)) fail(`the original of ${photo._id} is not what was taken`)
    const image = desk.get(`image:${photo._id}`) as ImageDoc
    const { team, checkin, purpose, takenAt } = photo
    const wanted = { photo: photo._id, version: 1, team, checkin, purpose, takenAt }
    const { photo: of, version, team: its, checkin: at, purpose: use, takenAt: when } = image
    same(
      { photo: of, version, team: its, checkin: at, purpose: use, takenAt: when },
      wanted,
      `the image of ${photo._id}`,
    )
    same(image.problem, undefined, `the image of ${photo._id} could be made`)
    for (const { storageKey, bytes } of Object.values(image.sizes)) {
      same((await server.storage.get(storageKey))?.length, bytes, `${storageKey} is stored`)
    }
    const thumbnail = await server.couch().database(`zk-${event}-desk`).attachment(`image:${photo._id}`, 'thumbnail')
    if (!thumbnail?.length) fail(`the image of ${photo._id} has no thumbnail`)
  }
}
