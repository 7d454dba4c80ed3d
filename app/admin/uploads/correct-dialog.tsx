import { useState } from 'preact/hooks'
import type { ChoicesMade, UploadRow } from '../../../design-docs/uploads.ts'
import { pictureTime } from '../../../functions/rules/picture-time.ts'
import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { useDesk } from '../desk/context.ts'
import { localText } from './local-text.ts'
import { words } from './upload-words.ts'
import type { UsedBatch } from './use-batch.ts'

type Props = { rows: readonly UploadRow[]; used: UsedBatch; onClose: (done: boolean) => void }

/** Says of some photos whose they are, where and when they were taken, or that they are not to be used. */
export function CorrectDialog({ rows, used, onClose }: Props) {
  const t = words.value
  const { who, overview } = useDesk()
  const zone = overview.value?.event.timeZone ?? 'UTC'
  const [one] = rows.length === 1 ? rows : []
  const [team, setTeam] = useState(one?.teamFrom === 'choice' ? (one.team ?? '') : '')
  const [checkpoint, setCheckpoint] = useState(one?.checkpointFrom === 'choice' ? (one.checkpoint ?? '') : '')
  const [at, setAt] = useState(one?.atFrom === 'choice' && one.at !== null ? localText(one.at, zone) : '')
  const [shownAt, setShownAt] = useState(one?.cameraAt != null ? localText(one.cameraAt, zone) : '')
  const mayTime = who.role === 'admin' || who.role === 'judge'
  const isSame = rows.some(({ codes }) => codes.includes('same-photo'))
  const isLeft = rows.every(({ codes }) => codes.includes('left-out'))
  const send = async (choice: ChoicesMade['choice']) => {
    if (await used.choose(rows, choice)) onClose(true)
  }
  const save = () => {
    const time = at ? pictureTime({ local: withSeconds(at) }, zone) : null
    const number = (text: string) => text.normalize('NFKC').trim().toUpperCase()
    // What was left empty for several files is left as it is; for one it means: as the file says.
    void send({
      ...(team || one ? { team: number(team) || null } : {}),
      ...(checkpoint || one ? { checkpoint: number(checkpoint) || null } : {}),
      ...(mayTime && (at || one?.atFrom === 'choice') ? { at: time } : {}),
    })
  }
  const setClock = async () => {
    const time = one && pictureTime({ local: withSeconds(shownAt) }, zone)
    if (one && time !== null && time !== undefined && (await used.set({ clock: { file: one.sha256, shownAt: time } })))
      onClose(true)
  }
  return (
    <Dialog title={t.editTitle(count(rows.length))} onClose={() => onClose(false)}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault()
          save()
        }}
      >
        <p class="soft">{one ? one.paths[0] : ''}</p>
        <Field label={t.team} hint={one ? t.byItself : t.keep}>
          {(ids) => (
            <input {...ids} value={team} maxLength={12} onInput={(event) => setTeam(event.currentTarget.value)} />
          )}
        </Field>
        <Field label={t.where} hint={one ? t.byItself : t.keep}>
          {(ids) => (
            <input
              {...ids}
              value={checkpoint}
              maxLength={12}
              onInput={(event) => setCheckpoint(event.currentTarget.value)}
            />
          )}
        </Field>
        {mayTime ? (
          <Field label={t.at} hint={one ? t.byItself : t.keep}>
            {(ids) => (
              <input
                {...ids}
                type="datetime-local"
                step="1"
                value={at}
                onInput={(event) => setAt(event.currentTarget.value)}
              />
            )}
          </Field>
        ) : null}
        <div class="row wrap">
          <Button kind="approve" type="submit">
            {t.save}
          </Button>
          <Button onClick={() => void send({ leave: !isLeft })}>{isLeft ? t.useAgain : t.leave}</Button>
          {isSame ? <Button onClick={() => void send({ again: true })}>{t.againToo}</Button> : null}
          <Button onClick={() => onClose(false)}>{t.cancel}</Button>
        </div>
        {one && one.cameraAt !== null ? (
          <>
            <Field label={t.clockShown} hint={t.clockLead}>
              {(ids) => (
                <input
                  {...ids}
                  type="datetime-local"
                  step="1"
                  value={shownAt}
                  onInput={(event) => setShownAt(event.currentTarget.value)}
                />
              )}
            </Field>
            <Button onClick={() => void setClock()}>{t.clockChoose}</Button>
          </>
        ) : null}
      </form>
    </Dialog>
  )
}

/** Browsers leave seconds of zero out. */
const withSeconds = (text: string) => (/T\d\d:\d\d$/.test(text) ? `${text}:00` : text)
