import type { Desk } from './desk.ts'

/** Pictures by path as object URLs; a few dozen are kept, so that the next ones can be there before they are asked for. */
export type Pictures = {
  /** Null when there is none or it cannot be had. */
  url(path: string): Promise<string | null>
  /** The URL if it is here already. */
  ready(path: string): string | null
  /** Fetches and decodes a picture that is about to be shown, so that showing it costs nothing. */
  prepare(path: string): void
  close(): void
}

const kept = 60
/** Decoded pictures are large: those that come next, and a few before them. */
const preparedAtOnce = 6

export function openPictures(desk: Desk): Pictures {
  const loading = new Map<string, Promise<string | null>>()
  const ready = new Map<string, string>()
  // A browser keeps what it has decoded as long as an element holds it.
  const prepared = new Map<string, HTMLImageElement>()

  async function load(path: string): Promise<string | null> {
    const answer = await desk.ask(path, { binary: true, headers: { accept: 'image/webp,image/*;q=0.8' } })
    if (answer.kind !== 'ok') {
      // Asked for again the next time: the picture may be on its way, or the link be back.
      loading.delete(path)
      return null
    }
    const type = answer.headers.get('content-type') ?? 'image/jpeg'
    const url = URL.createObjectURL(new Blob([answer.body as ArrayBuffer], { type }))
    ready.set(path, url)
    dropOldest()
    return url
  }

  function dropOldest(): void {
    for (const [path, url] of ready) {
      if (ready.size <= kept) return
      URL.revokeObjectURL(url)
      ready.delete(path)
      loading.delete(path)
      prepared.delete(path)
    }
  }

  function url(path: string): Promise<string | null> {
    const known = loading.get(path) ?? load(path)
    loading.set(path, known)
    return known
  }

  async function prepare(path: string): Promise<void> {
    const found = await url(path)
    if (found === null || prepared.has(path)) return
    const image = new Image()
    image.src = found
    prepared.set(path, image)
    for (const old of prepared.keys()) if (prepared.size > preparedAtOnce) prepared.delete(old)
    // What cannot be decoded says so where it is shown.
    await image.decode().catch(() => {})
  }

  return {
    url,
    prepare: (path) => void prepare(path),
    ready: (path) => ready.get(path) ?? null,
    close() {
      for (const url of ready.values()) URL.revokeObjectURL(url)
      ready.clear()
      prepared.clear()
      loading.clear()
    },
  }
}

type Image = { version: number; sizes: string[] } | null

/** The best picture the server has of a photo; the version makes a better one a new path. */
export const picturePath = (photo: string, image: Image): string => pathOf(photo, image, '1600')

/** The small one that came with the photo's record, for lists and until the better one is there. */
export const previewPath = (photo: string): string => pathOf(photo, null, 'preview')

function pathOf(photo: string, image: Image, wanted: string): string {
  const size = image?.sizes.includes(wanted) ? wanted : 'preview'
  return `/api/images/${encodeURIComponent(photo)}/${size}?version=${image?.version ?? 0}`
}
