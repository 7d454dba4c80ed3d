import type { BatchHead, UploadRow } from '../../../design-docs/uploads.ts'
import { count, duration } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { words } from './upload-words.ts'
import type { UsedBatch } from './use-batch.ts'

type Props = { batch: BatchHead; rows: readonly UploadRow[]; used: UsedBatch }

/** Every camera of a batch, with how far its clock was off where its own photograph of a clock tells it. */
export function ClocksPart({ batch, rows, used }: Props) {
  const t = words.value
  const cameras = [...Map.groupBy(rows.filter(isPicture), ({ camera }) => camera)]
  return (
    <div class="stack">
      <h2>{t.clockTitle}</h2>
      <p class="soft">{t.clockLead}</p>
      <ul class="list">
        {cameras.map(([camera, shots]) => {
          const clock = batch.clocks.find((one) => one.camera === camera)
          return (
            <li key={camera ?? ''}>
              <span class="grow">
                <b>{camera ?? t.noCamera}</b>
                <div class="soft">
                  {t.photosOf(count(shots.length))}・{clock ? stateOf(clock.errorMs) : t.clockUnknown}
                </div>
              </span>
              {clock && !shots.some(({ state }) => state === 'taken') ? (
                <Button onClick={() => void used.set({ clock: { file: clock.file, shownAt: null } })}>
                  {t.clockOff}
                </Button>
              ) : null}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

const isPicture = ({ state }: UploadRow) => state !== 'refused'

function stateOf(errorMs: number): string {
  const t = words.value
  const off = duration(Math.abs(errorMs))
  return errorMs >= 0 ? t.clockAhead(off) : t.clockBehind(off)
}
