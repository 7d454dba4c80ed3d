import { useState } from 'preact/hooks'
import { useLocation } from 'preact-iso'
import type { PlanPage } from '../../../design-docs/console.ts'
import type { Reason } from '../../../design-docs/derived.ts'
import { overallId } from '../../../design-docs/ids.ts'
import type { PublicationPage } from '../../../design-docs/rankings.ts'
import { words } from '../../i18n/admin-words.ts'
import { said } from '../../i18n/dictionary.ts'
import { byteSize, dayAndTime } from '../../i18n/format.ts'
import { language } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import { ChoiceField } from '../choice-field.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { PapersPart } from '../jobs/papers-part.tsx'
import { usePaper } from '../jobs/use-paper.ts'
import { NumberField, TextField } from '../setup/inputs.tsx'
import { contents, type ExportChoice, fileOf, firstChoice, hasTop, queryOf, ranked } from './export-choice.ts'
import { exportsWords } from './exports-words.ts'
import { type ExportState, useExport } from './use-export.ts'

type Change = (change: Partial<ExportChoice>) => void
type PartProps = { choice: ExportChoice; change: Change }

/** What, in which format, which part of it; then the file. */
export function ExportPart() {
  const t = exportsWords.value
  const { query } = useLocation()
  const [choice, setChoice] = useState(() => firstChoice(query, language.value))
  const { state, make, cancel } = useExport()
  const papers = usePaper()
  const change: Change = (part) => setChoice((now) => ({ ...now, ...part }))
  const making = state.kind === 'making' || papers.making
  // Every PDF is as long as the event is large.
  const start = () =>
    choice.format === 'pdf'
      ? papers.order(`/exports/${fileOf(choice)}/job`, Object.fromEntries(queryOf(choice)))
      : make(choice)
  return (
    <>
      <form
        class="sheet stack exports"
        onSubmit={(event) => {
          event.preventDefault()
          void start()
        }}
      >
        <FileFields choice={choice} change={change} />
        <FilterFields choice={choice} change={change} />
        <Button kind="main" type="submit" disabled={making}>
          {making ? t.making : t.save}
        </Button>
        <Outcome
          state={state}
          onCancel={cancel}
          onAnyway={() => void make(choice, 'number')}
          onUtf8={() => {
            change({ encoding: 'utf-8' })
            void make({ ...choice, encoding: 'utf-8' })
          }}
        />
      </form>
      <PapersPart papers={papers} isShown={(what) => what !== 'bibs' && what !== 'contact-sheet'} />
    </>
  )
}

const named = <T extends Record<string, string>>(words: T, keys: readonly string[] = Object.keys(words)) =>
  keys.map((key) => [key, words[key] ?? key] as const)

function FileFields({ choice, change }: PartProps) {
  const t = exportsWords.value
  const formats = contents.get(choice.content) ?? []
  return (
    <div class="fields">
      <ChoiceField
        label={t.what}
        value={choice.content}
        options={named(t.contents, [...contents.keys()])}
        onChange={(content) => {
          const known = contents.get(content) ?? []
          change({ content, format: known.includes(choice.format) ? choice.format : (known[0] ?? '') })
        }}
      />
      <ChoiceField
        label={t.format}
        value={choice.format}
        options={named(t.formats, formats)}
        onChange={(format) => change({ format })}
      />
      <ChoiceField
        label={t.language}
        value={choice.language}
        options={named(t.languages)}
        onChange={(chosen) => change({ language: chosen as 'ja' | 'en' })}
      />
      {choice.format === 'csv' ? (
        <ChoiceField
          label={t.encoding}
          value={choice.encoding}
          options={named(t.encodings)}
          onChange={(encoding) => change({ encoding: encoding as ExportChoice['encoding'] })}
        />
      ) : null}
      {hasTop(choice) ? (
        <NumberField label={t.top} step="1" value={choice.top} onChange={(top) => change({ top: placeOf(top) })} />
      ) : null}
      {choice.content === 'certificates' ? (
        <ChoiceField
          label={t.each}
          value={choice.each}
          options={named(t.eaches)}
          onChange={(each) => change({ each: each as ExportChoice['each'] })}
        />
      ) : null}
    </div>
  )
}

/** Places are whole numbers from 1 on. */
const placeOf = (top: number | undefined) =>
  top === undefined ? undefined : Math.min(9999, Math.max(1, Math.trunc(top)))

function FilterFields({ choice, change }: PartProps) {
  const t = exportsWords.value
  const { desk, live, who, overview } = useDesk()
  const concerns = ({ plan }: { plan: boolean }) => plan
  const plan = useLoaded<PlanPage>(`/api/events/${who.event}/plan`, { desk, live, concerns }).value
  const all = ['', t.all] as const
  const classes = overview.value?.event.classes ?? []
  const checkpoints = plan?.checkpoints ?? []
  const reasonWords = words.value.reasons
  return (
    <fieldset class="stack">
      <legend>{t.filter}</legend>
      <p class="soft">{t.filterText}</p>
      <div class="fields">
        <ChoiceField
          label={t.class}
          value={choice.class}
          options={[
            all,
            ...(ranked.has(choice.content) ? [[overallId, t.overall] as const] : []),
            ...classes.map(({ id, name }) => [id, said(name)] as const),
          ]}
          onChange={(classId) => change({ class: classId })}
        />
        <ChoiceField
          label={t.result}
          value={choice.result}
          options={[all, ...named(t.results)]}
          onChange={(result) => change({ result })}
        />
        <ChoiceField
          label={t.status}
          value={choice.status}
          options={[all, ...named(t.statuses)]}
          onChange={(status) => change({ status })}
        />
        {ranked.has(choice.content) ? <SnapshotField choice={choice} change={change} /> : null}
        <ChoiceField
          label={t.checkpoint}
          value={choice.checkpoint}
          options={[all, ...checkpoints.map(({ number, name }) => [number, `${number} ${said(name)}`] as const)]}
          onChange={(checkpoint) => change({ checkpoint })}
        />
        {choice.reason ? (
          <ChoiceField
            label={t.reason}
            value={choice.reason}
            options={[all, [choice.reason, reasonWords[choice.reason as Reason]({})] as const]}
            onChange={(reason) => change({ reason })}
          />
        ) : null}
        {choice.device ? (
          <ChoiceField
            label={t.device}
            value={choice.device}
            options={[all, [choice.device, choice.device] as const]}
            onChange={(device) => change({ device })}
          />
        ) : null}
        {choice.team ? <TextField label={t.team} value={choice.team} onChange={(team) => change({ team })} /> : null}
        <TextField label={t.words} value={choice.words} onChange={(words) => change({ words })} />
      </div>
    </fieldset>
  )
}

/** The live rankings, those that the public sees, or those of any snapshot. */
function SnapshotField({ choice, change }: PartProps) {
  const t = exportsWords.value
  const { desk, live, who, overview } = useDesk()
  const concerns = ({ plan }: { plan: boolean }) => plan
  const page = useLoaded<PublicationPage>(`/api/events/${who.event}/publication`, { desk, live, concerns }).value
  const zone = overview.value?.event.timeZone
  const kept = page?.snapshots.map(({ id, at, name }) => [id, `${dayAndTime(at, zone)} ${name}`] as const) ?? []
  const isPublic = page?.rankings.some(({ shown }) => shown !== null) || choice.snapshot === 'published'
  const isKnown = ['', 'published', ...kept.map(([id]) => id)].includes(choice.snapshot)
  return (
    <ChoiceField
      label={t.snapshot}
      value={choice.snapshot}
      options={[
        ['', t.now],
        ...(isPublic ? [['published', t.published] as const] : []),
        ...kept,
        ...(isKnown ? [] : [[choice.snapshot, '…'] as const]),
      ]}
      onChange={(snapshot) => change({ snapshot })}
      {...(choice.snapshot ? { hint: t.snapshotText } : {})}
    />
  )
}

type OutcomeProps = { state: ExportState; onCancel: () => void; onAnyway: () => void; onUtf8: () => void }

function Outcome({ state, onCancel, onAnyway, onUtf8 }: OutcomeProps) {
  const t = exportsWords.value
  switch (state.kind) {
    case 'idle':
      return null
    case 'making':
      return (
        <div class="row" role="status">
          <span class="grow">{t.received(byteSize(state.bytes))}</span>
          <Button onClick={onCancel}>{t.cancel}</Button>
        </div>
      )
    case 'lost':
      return (
        <div class="notice warn stack" role="alert">
          <b>{t.lost}</b>
          <p>{t.lostText(state.lost.characters.join(' '))}</p>
          <ul>
            {state.lost.cells.map((cell) => (
              <li key={cell}>{cell}</li>
            ))}
          </ul>
          <div class="row">
            <Button onClick={onUtf8}>{t.asUtf8}</Button>
            <Button onClick={onAnyway}>{t.anyway}</Button>
          </div>
        </div>
      )
    case 'done':
      return (
        <p class="notice" role="status">
          {state.text}
        </p>
      )
    case 'failed':
      return (
        <p class="notice no" role="alert">
          {state.text}
        </p>
      )
  }
}
