import { useState } from 'preact/hooks'
import { useBlobUrl } from '../../ui/use-blob-url.ts'
import { type MadeKind, words } from './palette-words.ts'

/** Before and after in one frame, with an edge that finger and arrow keys move. */
export function Compare({ kind, before, after }: { kind: MadeKind; before: Blob; after: Blob }) {
  const [from, setFrom] = useState(50)
  const [old, made] = [useBlobUrl(before), useBlobUrl(after)]
  const t = words.value
  if (!old || !made) return null
  return (
    <figure class="compare" style={{ '--from': `${from}%` }}>
      <div class="pictures">
        <img src={old} alt={t.before} />
        <img class="over" src={made} alt={t.kinds[kind].after} />
        <span class="edge" />
      </div>
      <input
        type="range"
        min={0}
        max={100}
        value={from}
        aria-label={t.kinds[kind].compare}
        onInput={(event) => setFrom(Number(event.currentTarget.value))}
      />
    </figure>
  )
}

/** As photographed, while there is nothing to compare it with. */
export function Plain({ bytes }: { bytes: Blob }) {
  const url = useBlobUrl(bytes)
  return url ? (
    <figure class="compare">
      <div class="pictures">
        <img src={url} alt={words.value.before} />
      </div>
    </figure>
  ) : null
}
