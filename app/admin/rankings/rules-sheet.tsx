import type { PlanPage } from '../../../design-docs/console.ts'
import { rulesInWords } from '../../../functions/rules/rules-in-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { dayAndTime } from '../../i18n/format.ts'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { ruleText, ruleWords } from './rule-words.ts'

/** The rule set of the event in words, for whoever has to explain a place. */
export function RulesSheet() {
  const t = ruleWords.value
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<PlanPage>(`/api/events/${who.event}/plan`, { desk, live, concerns: ({ plan }) => plan })
  return (
    <Shown loaded={loaded}>
      {({ event, checkpoints }) => {
        const plan = { event, checkpoints: new Map(checkpoints.map((one) => [one.number, one])) }
        const names = new Map(event.classes.map(({ id, name }) => [id, said(name)]))
        const texts = {
          className: (id: string) => names.get(id) ?? id,
          time: (at: number) => dayAndTime(at, event.timeZone),
        }
        return (
          <div class="sheet stack rules-in-words">
            <p class="soft">{t.lead}</p>
            {rulesInWords(plan).map(({ about, sentences }) => (
              <section key={about}>
                <h2>{t.chapters[about]}</h2>
                <ul>
                  {sentences.map((sentence, index) => (
                    <li key={index}>{ruleText(sentence, texts)}</li>
                  ))}
                </ul>
              </section>
            ))}
          </div>
        )
      }}
    </Shown>
  )
}
