import { useState } from 'preact/hooks'
import type { BatchHead, UploadRow } from '../../../design-docs/uploads.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { ClocksPart } from './clocks-part.tsx'
import { words } from './upload-words.ts'
import type { UsedBatch } from './use-batch.ts'

/** What holds for all files of a batch: the team of those whose names say none, and how far clocks of cameras were off. */
export function BatchSettings({
  batch,
  rows,
  used,
}: {
  batch: BatchHead
  rows: readonly UploadRow[]
  used: UsedBatch
}) {
  const t = words.value
  const [team, setTeam] = useState(batch.team ?? '')
  const isUnknown = rows.some(({ codes, figures }) => codes.includes('unknown-team') && figures.number === batch.team)
  return (
    <section class="sheet stack">
      <form
        class="row wrap"
        onSubmit={(event) => {
          event.preventDefault()
          void used.set({ team: team.normalize('NFKC').trim().toUpperCase() || null })
        }}
      >
        <Field label={t.teamOfAll} {...(isUnknown ? { problem: t.noSuch } : {})}>
          {(ids) => (
            <input {...ids} value={team} maxLength={12} onInput={(event) => setTeam(event.currentTarget.value)} />
          )}
        </Field>
        <Button type="submit">{t.useIt}</Button>
      </form>
      <ClocksPart batch={batch} rows={rows} used={used} />
    </section>
  )
}
