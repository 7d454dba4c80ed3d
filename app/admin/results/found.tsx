import type { ComponentChildren } from 'preact'
import { useEffect, useMemo, useState } from 'preact/hooks'
import { words } from '../../i18n/admin-words.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'

/** Width, case and the two kana do not matter to who searches. */
const folded = (text: string) =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u3041-\u3096]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60))

const atFirst = 200

type FoundProps<Row> = {
  label: string
  rows: readonly Row[]
  /** What a row is found by. */
  textOf(row: Row): string
  /** What is looked for at first. */
  start?: string | undefined
  /** What else may be done with what is found, e.g. saving it as a file. */
  beside?: (wanted: string) => ComponentChildren
  children(shown: readonly Row[]): ComponentChildren
}

/** A field, what it finds among the rows, and a way to more: thousands of rows at once would hold up the screen. */
export function Found<Row>({ label, rows, textOf, start = '', beside, children }: FoundProps<Row>) {
  const t = words.value
  const [wanted, setWanted] = useState(start)
  const [limit, setLimit] = useState(atFirst)
  const found = useMemo(() => {
    const text = folded(wanted.trim())
    return text === '' ? rows : rows.filter((row) => folded(textOf(row)).includes(text))
  }, [rows, wanted])
  useEffect(() => setLimit(atFirst), [wanted])
  return (
    <>
      <div class="row wrap">
        <input
          class="find grow"
          type="search"
          aria-label={label}
          placeholder={label}
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        {beside?.(wanted.trim())}
      </div>
      {children(found.slice(0, limit))}
      {found.length === 0 ? <State icon="search" title={t.teams.none} text={t.teams.noneText} /> : null}
      {found.length > limit ? (
        <Button wide onClick={() => setLimit(limit + 500)}>
          {t.more(count(found.length - limit))}
        </Button>
      ) : null}
    </>
  )
}
