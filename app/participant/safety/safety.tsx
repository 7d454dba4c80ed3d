import { useState } from 'preact/hooks'
import type { Card } from '../../../design-docs/derived.ts'
import type { Fact, FactOf } from '../../../design-docs/facts.ts'
import { words } from '../../i18n/safety-words.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useOwnTeam } from '../own-team.ts'
import { HelpDialog } from './help-dialog.tsx'
import { RetireDialog } from './retire-dialog.tsx'

/** What a team can do when something goes wrong; a call that has not reached anybody says so. */
export function Safety({ card }: { card: Card }) {
  const { store } = useOwnTeam()
  const [asking, setAsking] = useState<'help' | 'retire' | null>(null)
  const t = words.value
  const calls = standingCalls([...store.outbox.facts.value.values()], card.team)
  const isUnheard = calls.some(({ _id }) => store.outbox.states.value.get(_id)?.state !== 'confirmed')
  const isOver = async () => {
    for (const { _id } of calls)
      await store.outbox.append({ type: 'void', team: card.team, fact: _id, reason: t.overReason })
    toast(t.overDone)
  }
  return (
    <section class="stack">
      {isUnheard ? (
        <p class="notice no" role="alert">
          {t.notYet}
        </p>
      ) : null}
      {calls.length > 0 ? (
        <Button wide onClick={() => void isOver()}>
          {t.over}
        </Button>
      ) : null}
      <div class="pair">
        <Button wide onClick={() => setAsking('help')}>
          {t.help}
        </Button>
        {card.retired || card.goalAt !== null ? null : (
          <Button wide onClick={() => setAsking('retire')}>
            {t.retire}
          </Button>
        )}
      </div>
      {asking === 'help' ? <HelpDialog team={card.team} onClose={() => setAsking(null)} /> : null}
      {asking === 'retire' ? <RetireDialog team={card.team} onClose={() => setAsking(null)} /> : null}
    </section>
  )
}

/** This device's own calls for help that were not taken back. */
function standingCalls(facts: readonly Fact[], team: string): FactOf<'help'>[] {
  const voided = new Set(facts.flatMap((fact) => (fact.type === 'void' ? [fact.fact] : [])))
  return facts.filter(
    (fact): fact is FactOf<'help'> => fact.type === 'help' && fact.team === team && !voided.has(fact._id),
  )
}
