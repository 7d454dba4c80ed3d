import { timeOf } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Pill } from '../ui/pill.tsx'
import { toast } from '../ui/toast.tsx'
import { usePhone } from './phone.ts'

/** Records that the server would not take, each with the code that the organizers can look up. */
export function RefusedSheet() {
  const { store, timeZone } = usePhone()
  const t = words.value.sync
  const refused = store.status.refused.value
  if (refused.length === 0) return null
  const tryAgain = async () => {
    await store.outbox.tryAgain()
    toast(t.tried)
  }
  return (
    <section class="sheet stack">
      <div>
        <h2>{t.refused}</h2>
        <p class="soft">{t.refusedText}</p>
      </div>
      <ul class="list">
        {refused.map(({ fact, code, message }) => (
          <li key={fact._id}>
            <div>
              <p>
                <span class="digits">{timeOf(fact.at, timeZone.value)}</span>{' '}
                <b>{words.value.records.kinds[fact.type]}</b> <span class="digits">{fact.team}</span>
              </p>
              <p class="soft">{message}</p>
            </div>
            <Pill tone="no">{code}</Pill>
          </li>
        ))}
      </ul>
      <Button wide onClick={() => void tryAgain()}>
        {t.tryAgain}
      </Button>
    </section>
  )
}
