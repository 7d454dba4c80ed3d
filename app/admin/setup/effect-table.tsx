import type { PlanEffect } from '../../../design-docs/console.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { useDesk } from '../desk/context.ts'
import { TableScroll } from '../table-scroll.tsx'

const shown = 50

/** Which teams a change would touch, with their points and places before and after. */
export function EffectTable({ effect }: { effect: PlanEffect }) {
  const t = setupWords.value
  const classes = useDesk().overview.value?.event.classes ?? []
  if (effect.teams.length === 0) return <p>{t.effectNone(count(effect.teamsLookedAt))}</p>
  const className = (id: string) => {
    const known = classes.find((one) => one.id === id)
    return known ? said(known.name) : id
  }
  const place = (value: number | null) => (value === null ? words.value.none : count(value))
  return (
    <>
      <p>{t.effectSome(count(effect.teams.length), count(effect.teamsLookedAt))}</p>
      {effect.blocked ? (
        <p class="notice no" role="alert">
          {t.effectBlocked}
        </p>
      ) : null}
      <TableScroll label={t.effectTitle}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{words.value.team}</th>
              <th scope="col" class="number">
                {t.netChange}
              </th>
              <th scope="col">{t.placeChange}</th>
              <th scope="col" class="number">
                {t.verdictsChange}
              </th>
            </tr>
          </thead>
          <tbody>
            {effect.teams.slice(0, shown).map((one) => (
              <tr key={one.team}>
                <th scope="row">
                  <b class="digits">{one.team}</b> {one.name}
                </th>
                <td class="number">
                  {count(one.netBefore)} → <b>{count(one.netAfter)}</b>
                </td>
                <td>
                  {one.places.map(({ classId, before, after }) => (
                    <div key={classId}>
                      {className(classId)} {place(before)} → <b>{place(after)}</b>
                    </div>
                  ))}
                </td>
                <td class="number">{count(one.checkinsChanged)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {effect.teams.length > shown ? <p class="soft">{words.value.more(count(effect.teams.length - shown))}</p> : null}
    </>
  )
}
