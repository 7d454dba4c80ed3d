import { ulid } from '../../../design-docs/ids.ts'
import type { ParcelHeader } from '../../../design-docs/parcel.ts'
import { type PlannedFile, parcelHead, planParcel } from '../../../functions/rules/parcel.ts'
import { sha256 } from '../pieces.ts'
import type { StoreParts } from '../types.ts'

/** What is unsent here, divided into files that are made one at a time: together they may be larger than the memory. */
export type Packing = {
  facts: number
  photos: number
  files: readonly PlannedFile[]
  /** Makes the file of this index, from 0 on, signed by this device's key. */
  make(index: number): Promise<PackedFile>
}
export type PackedFile = { name: string; content: Blob }

/** Null when nothing is unsent or nobody was ever signed in here. */
export async function packUnsent({ data, ports, clock, session }: StoreParts): Promise<Packing | null> {
  if (!data) return null
  await data.adoptPhotos()
  const { outbox, ledger, cargo, event } = data
  const isOpen = (id: string) => ledger.states.value.get(id)?.state !== 'confirmed'
  const facts = [...outbox.facts.value.keys()].filter(isOpen)
  const photos = [...cargo.photos.value].map(([id, { bytes }]) => ({ id, bytes }))
  const first = [...outbox.facts.value.values()].at(-1)
  if ((facts.length === 0 && photos.length === 0) || !first) return null
  const files = planParcel({ facts, photos })
  const who = session.who.value
  const madeAt = clock.stamp().at
  const parcel = ulid(madeAt, ports.random.bytes(10))
  const key = await ports.deviceKey()

  return {
    facts: facts.length,
    photos: photos.length,
    files,
    async make(index) {
      const planned = files[index]
      if (!planned) throw new Error('there is no such file')
      const records = JSON.stringify(await outbox.forPush(planned.facts))
      const factBytes = new TextEncoder().encode(records)
      const originals: { photo: string; sha256: string; content: Blob }[] = []
      for (const photo of planned.photos) {
        const content = await cargo.original(photo)
        const known = cargo.crates.value.get(photo)?.fact
        if (content && known) originals.push({ photo, sha256: known.sha256, content })
      }
      const header: ParcelHeader = {
        parcel,
        file: index + 1,
        files: files.length,
        event,
        device: first.device,
        deviceName: who?.name ?? '',
        generation: ledger.generation(),
        by: who?.account ?? first.by,
        madeAt,
        parts: [
          {
            kind: 'facts',
            bytes: factBytes.length,
            sha256: await sha256(factBytes.buffer),
            count: planned.facts.length,
          },
          ...originals.map(({ photo, sha256, content }) => ({
            kind: 'original' as const,
            bytes: content.size,
            sha256,
            photo,
          })),
        ],
      }
      const head = parcelHead(header)
      const signature = new Uint8Array(await key.sign(head))
      // Originals are named, not read: the file is put together by the browser as it is saved.
      const content = new Blob([head, signature, factBytes, ...originals.map((one) => one.content)], {
        type: 'application/octet-stream',
      })
      return { name: nameOf(header), content }
    },
  }
}

function nameOf({ event, device, madeAt, file, files }: ParcelHeader): string {
  const time = new Date(madeAt).toISOString().slice(0, 16).replace(/[-:]/g, '').replace('T', '-')
  const number = files === 1 ? '' : `-${file}of${files}`
  return `zekken-${event}-${device.slice(0, 8)}-${time}${number}.zekken`
}
