import { useEffect, useState } from 'preact/hooks'
import { lastPosition, positionNow, startLocation } from '../../device/location.ts'
import { count } from '../../i18n/format.ts'
import { words } from '../../i18n/safety-words.ts'
import { settingOf } from '../../store/setting.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useOwnTeam } from '../own-team.ts'

/** A call for help with the place, as far as it is known; asked twice, since people will set out for it. */
export function HelpDialog({ team, onClose }: { team: string; onClose: () => void }) {
  const { store } = useOwnTeam()
  const { outbox } = store
  const phone = settingOf(store, 'contact.phone')
  const [text, setText] = useState('')
  const [sending, setSending] = useState(false)
  const t = words.value
  useEffect(startLocation, [])
  const position = lastPosition.value
  const send = async () => {
    setSending(true)
    const stamp = outbox.stamp()
    const where = positionNow(stamp.deviceAt, stamp.offsetMs)
    const what = text.trim()
    const call = { type: 'help', team, ...(what && { text: what }), ...(where && { position: where }) } as const
    await outbox.append(call, stamp).finally(() => setSending(false))
    toast(t.sent)
    onClose()
  }
  return (
    <Dialog title={t.helpTitle} onClose={onClose}>
      <p>{t.helpText}</p>
      {phone ? (
        <a class="button wide" href={`tel:${phone.replace(/[^0-9+]/g, '')}`}>
          {t.call(phone)}
        </a>
      ) : null}
      <Field label={t.what}>
        {(ids) => (
          <textarea
            {...ids}
            rows={2}
            maxLength={1000}
            value={text}
            onInput={(event) => setText(event.currentTarget.value)}
          />
        )}
      </Field>
      <p class="soft">{position ? t.place(count(Math.round(position.accuracyMeters))) : t.noPlace}</p>
      <div class="pair">
        <Button wide onClick={onClose}>
          {t.cancel}
        </Button>
        <Button kind="refuse" wide disabled={sending} onClick={() => void send()}>
          {t.send}
        </Button>
      </div>
    </Dialog>
  )
}
