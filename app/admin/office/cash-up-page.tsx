import { useState } from 'preact/hooks'
import type { CashUp } from '../../../design-docs/cash-up.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { TableScroll } from '../table-scroll.tsx'
import { words } from './cash-up-words.ts'

/** Whose till holds how much at the end of the day. */
export function CashUpPage() {
  const t = words.value
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<CashUp>(`/api/events/${who.event}/cash-up`, {
    desk,
    live,
    // It reads every team's receptions: when somebody counts, not whenever anything happens.
    concerns: () => false,
  })
  return (
    <Page title={t.title} beside={<Button onClick={loaded.reload}>{t.reload}</Button>}>
      <p class="soft">{t.lead}</p>
      <Shown loaded={loaded}>{(page) => <Tills {...page} />}</Shown>
    </Page>
  )
}

function Tills({ tills, unpaid, absent }: CashUp) {
  const t = words.value
  const { nameOf, overview } = useDesk()
  const zone = overview.value?.event.timeZone
  const [fee, setFee] = useState('')
  const each = Number(fee.normalize('NFKC').replaceAll(',', ''))
  const isBad = !(each >= 0)
  const amount = (teams: number) => (fee.trim() === '' || isBad ? common.value.none : count(each * teams))
  const all = tills.reduce((sum, { teams }) => sum + teams.length, 0)
  return (
    <div class="stack">
      {tills.length === 0 ? (
        <State icon="people" title={t.none} text={t.noneText} />
      ) : (
        <>
          <Field label={t.fee} hint={t.feeHint} {...(isBad ? { problem: t.feeBad } : {})}>
            {(ids) => (
              <input {...ids} inputMode="numeric" value={fee} onInput={(event) => setFee(event.currentTarget.value)} />
            )}
          </Field>
          <TableScroll label={t.title}>
            <table class="table sheet">
              <thead>
                <tr>
                  <th scope="col">{t.till}</th>
                  {[t.teams, t.amount, t.from, t.to].map((heading) => (
                    <th key={heading} scope="col" class="number">
                      {heading}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {tills.map(({ device, deviceName, by, teams, firstAt, lastAt }) => (
                  <tr key={`${device} ${by}`}>
                    <th scope="row">
                      {deviceName || common.value.devices.device}
                      <div class="soft">
                        {nameOf(by)} <span class="digits">{device.slice(0, 8)}</span>
                      </div>
                      <details>
                        <summary>{t.numbers}</summary>
                        <span class="digits">{teams.join(', ')}</span>
                      </details>
                    </th>
                    <td class="number">{count(teams.length)}</td>
                    <td class="number">{amount(teams.length)}</td>
                    <td class="number">{dayAndTime(firstAt, zone)}</td>
                    <td class="number">{dayAndTime(lastAt, zone)}</td>
                  </tr>
                ))}
              </tbody>
              <tfoot>
                <tr>
                  <th scope="row">{t.sum}</th>
                  <td class="number">{count(all)}</td>
                  <td class="number">{amount(all)}</td>
                  <td />
                  <td />
                </tr>
              </tfoot>
            </table>
          </TableScroll>
        </>
      )}
      {unpaid.length === 0 ? null : (
        <section class="sheet stack">
          <h2>{t.unpaid(count(unpaid.length))}</h2>
          <ul class="row wrap">
            {unpaid.map((team) => (
              <li key={team}>
                <a class="button digits" href={`/admin/teams/${team}`}>
                  {team}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {absent === 0 ? null : <p class="soft">{t.absent(count(absent))}</p>}
    </div>
  )
}
