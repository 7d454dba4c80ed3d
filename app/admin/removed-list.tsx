import { Button } from '../ui/button.tsx'

type Removed = { id: string; name: string; putBack: () => void }
type Props = {
  words: { removed: string; putBack: string }
  rows: readonly Removed[]
  mayEdit: boolean
}

/** What was removed, folded away, each to be put back; nothing while there is none. */
export function RemovedList({ words: t, rows, mayEdit }: Props) {
  if (rows.length === 0) return null
  return (
    <details class="more">
      <summary>
        {t.removed} ({rows.length})
      </summary>
      <ul class="sheet list">
        {rows.map(({ id, name, putBack }) => (
          <li key={id}>
            <span class="grow">{name}</span>
            {mayEdit ? (
              <Button onClick={putBack}>
                {t.putBack}
                <span class="hidden-text"> {name}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  )
}
