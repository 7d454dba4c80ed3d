import { useState } from 'preact/hooks'
import type { SettingsDraft } from '../../../design-docs/stations.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { problemOf } from '../bad-fields.ts'
import { useDesk } from '../desk/context.ts'
import { NumberField, TextField } from '../setup/inputs.tsx'
import { Pick } from '../setup/pick.tsx'
import { postWords } from './post-words.ts'
import { useSending } from './use-sending.ts'

/** How mails are shared among the stations, and who hears of their troubles. */
export function PostSettings({ settings, onSaved }: { settings: SettingsDraft; onSaved: () => void }) {
  const t = postWords.value
  const { desk, who } = useDesk()
  // What is typed stays while the page behind it is read anew.
  const [policy, setPolicy] = useState(settings.policy)
  const [percent, setPercent] = useState<number | undefined>(Math.round(settings.activeShare * 100))
  const [notifyTo, setNotifyTo] = useState(settings.notifyTo.join(' '))
  const { busy, bad, failed, send } = useSending()
  const save = async () => {
    const addresses = notifyTo.split(/[\s,、]+/).filter(Boolean)
    const json = { policy, activeShare: (percent ?? 0) / 100, notifyTo: addresses }
    if (!(await send(() => desk.ask(`/api/events/${who.event}/post-settings`, { method: 'PUT', json })))) return
    toast(t.saved)
    onSaved()
  }
  return (
    <form
      class="sheet stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <h2>{t.settings}</h2>
      {settings.notifyTo.length === 0 ? <p class="notice warn">{t.nobodyTold}</p> : null}
      <div class="columns">
        <Pick label={t.policy} value={policy} of={t.policies} onChange={setPolicy} />
        <NumberField
          label={t.activeShare}
          hint={t.activeHint}
          value={percent}
          step="1"
          problem={problemOf(bad, 'activeShare')}
          onChange={setPercent}
        />
        <TextField
          label={t.notifyTo}
          hint={t.notifyHint}
          value={notifyTo}
          maxLength={2000}
          problem={problemOf(bad, 'notifyTo')}
          onChange={setNotifyTo}
        />
      </div>
      {failed ? (
        <p class="notice no" role="alert">
          {failed}
        </p>
      ) : null}
      <div class="row">
        <Button type="submit" disabled={busy}>
          {t.save}
        </Button>
      </div>
    </form>
  )
}
