import { useState } from 'preact/hooks'
import type { CaseAnswer, CaseRow, CodeRow } from '../../../design-docs/cases.ts'
import { words } from '../../i18n/case-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { count, dayAndTime } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Field } from '../../ui/field.tsx'
import { Pill } from '../../ui/pill.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'

type Asked = { number: string; code: string }

/** By the number and the code that somebody reads out: what happened, why, and what helps. All codes stand below. */
export function CasesPage() {
  const t = words.value
  const { desk, live, who } = useDesk()
  const [asked, setAsked] = useState<Asked>({ number: '', code: '' })
  const base = `/api/events/${who.event}`
  const options = { desk, live, concerns: () => false }
  const codes = useLoaded<{ codes: CodeRow[] }>(`${base}/codes`, options)
  const cases = useLoaded<CaseAnswer>(`${base}/cases?${new URLSearchParams(asked)}`, options)
  return (
    <Page title={t.title}>
      <p class="soft">{t.lead}</p>
      <Search onAsk={setAsked} />
      <Shown loaded={cases}>
        {(answer) => (
          <section class="stack" aria-live="polite">
            <Shown loaded={codes}>{({ codes }) => <Meanings codes={codes} asked={asked} answer={answer} />}</Shown>
            {answer.cases.length === 0 ? (
              <State icon="check" title={t.nothing} text={t.nothingText} />
            ) : (
              <div class="sheet stack">
                <h2>{t.found(count(answer.cases.length))}</h2>
                <ul class="list">
                  {answer.cases.map((one) => (
                    <Row key={one.id} row={one} />
                  ))}
                </ul>
              </div>
            )}
          </section>
        )}
      </Shown>
      <Shown loaded={codes}>
        {({ codes }) => (
          <details class="sheet">
            <summary>{t.all}</summary>
            <div class="stack">
              {codes.map((one) => (
                <Code key={one.code} row={one} />
              ))}
            </div>
          </details>
        )}
      </Shown>
    </Page>
  )
}

function Search({ onAsk }: { onAsk: (asked: Asked) => void }) {
  const t = words.value
  const [number, setNumber] = useState('')
  const [code, setCode] = useState('')
  return (
    <form
      class="sheet row wrap"
      onSubmit={(event) => {
        event.preventDefault()
        onAsk({ number, code })
      }}
    >
      <Field label={t.number}>
        {(ids) => <input {...ids} value={number} onInput={({ currentTarget }) => setNumber(currentTarget.value)} />}
      </Field>
      <Field label={t.code} hint={t.codeHint}>
        {(ids) => <input {...ids} value={code} onInput={({ currentTarget }) => setCode(currentTarget.value)} />}
      </Field>
      <Button type="submit">{t.search}</Button>
    </form>
  )
}

/** What the codes mean that were asked for, or that were found for the number. */
function Meanings({ codes, asked, answer }: { codes: readonly CodeRow[]; asked: Asked; answer: CaseAnswer }) {
  if (asked.number === '' && asked.code === '') return null
  const found = new Set(answer.cases.map(({ code }) => code))
  const wanted = codes.filter(({ code }) => (answer.code === '' ? found.has(code) : code === answer.code))
  return (
    <>
      {wanted.map((one) => (
        <section key={one.code} class="sheet stack">
          <Code row={one} />
        </section>
      ))}
    </>
  )
}

function Code({ row: { code, words: text, cause, remedy } }: { row: CodeRow }) {
  const t = words.value
  return (
    <div>
      <h2 class="digits">{code}</h2>
      <p lang="ja">{text.ja}</p>
      <p lang="en">{text.en}</p>
      <Facts
        rows={[
          [t.cause, said(cause)],
          [t.remedy, said(remedy)],
        ]}
      />
    </div>
  )
}

const tones = { error: 'warn', record: 'no', parked: 'wait' } as const

function Row({ row }: { row: CaseRow }) {
  const t = words.value
  const { overview, nameOf } = useDesk()
  const { kind, code, account, device, deviceName, about, route, numbers, figures, at, times } = row
  const details = Object.entries(figures).map(([name, value]) => `${name} ${value}`)
  return (
    <li>
      <div>
        <b class="digits">{code}</b> <Pill tone={tones[kind]}>{t.kinds[kind]}</Pill>
        <div>
          {dayAndTime(at, overview.value?.event.timeZone)}・{t.times(count(times))}
          {account ? `・${nameOf(account)}` : ''}
          {device ? `・${t.on(deviceName || device.slice(0, 8))}` : ''}
        </div>
        <div class="soft problem-text">{[about ?? route, ...details].filter(Boolean).join('・')}</div>
      </div>
      <div class="row">
        {numbers.map((number) => (
          <a key={number} href={`/admin/teams/${number}`}>
            {t.team(number)}
          </a>
        ))}
        <a href={kind === 'error' ? '/admin/devices' : '/admin/problems'}>
          {kind === 'error' ? t.devices : t.problems}
        </a>
      </div>
    </li>
  )
}
