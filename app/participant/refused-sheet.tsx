import { timeOf } from '../i18n/format.ts'
import { words } from '../i18n/refused-words.ts'
import { Button } from '../ui/button.tsx'
import { Facts } from '../ui/facts.tsx'
import { toast } from '../ui/toast.tsx'
import { useOwnTeam } from './own-team.ts'

/** What the server would not take, with number and code as they are read out to the organizers. */
export function RefusedSheet() {
  const { store, timeZone } = useOwnTeam()
  const t = words.value
  const refused = store.status.refused.value
  if (refused.length === 0) return null
  const tryAgain = async () => {
    await store.outbox.tryAgain()
    toast(t.tried)
  }
  return (
    <section class="sheet stack">
      <div>
        <h2>{t.title}</h2>
        <p class="soft">{t.text}</p>
      </div>
      <ul class="list">
        {refused.map(({ fact, code, message }) => (
          <li key={fact._id}>
            <div class="stack">
              <p>
                <span class="digits">{timeOf(fact.at, timeZone.value)}</span> <b>{t.kinds[fact.type] ?? t.other}</b>
              </p>
              <Facts
                rows={[
                  [t.number, <span class="digits">{fact.team}</span>],
                  [t.code, <span class="digits">{code}</span>],
                ]}
              />
              <p class="soft">{message.replace(`${code}: `, '')}</p>
            </div>
          </li>
        ))}
      </ul>
      <Button wide onClick={() => void tryAgain()}>
        {t.tryAgain}
      </Button>
    </section>
  )
}
