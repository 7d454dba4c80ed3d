import { useState } from 'preact/hooks'
import type { ImportAnswer, ImportLine } from '../../../design-docs/imports.ts'
import { words } from '../../i18n/admin-words.ts'
import { count } from '../../i18n/format.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { Button } from '../../ui/button.tsx'
import { badFieldsOf } from '../bad-fields.ts'
import { useDesk } from '../desk/context.ts'
import { FileButton } from './file-button.tsx'
import { ImportLines } from './import-lines.tsx'

const lists = ['checkpoints', 'teams'] as const
type List = (typeof lists)[number]
type Chosen = { list: List; file: File; bytes: Uint8Array<ArrayBuffer>; answer: ImportAnswer }

/** Lists from other programs: a file is looked through line by line before anything is written. */
export function ImportsPart({ onDone }: { onDone: () => void }) {
  const t = setupWords.value.imports
  const { desk, who } = useDesk()
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [reading, setReading] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  const ask = async (list: List, bytes: Uint8Array<ArrayBuffer>, commit: boolean): Promise<ImportAnswer | null> => {
    setReading(true)
    setProblem(null)
    const answer = await desk.ask(`/api/events/${who.event}/imports/${list}?commit=${commit}`, {
      method: 'POST',
      bytes,
    })
    setReading(false)
    if (answer.kind === 'ok') return answer.body as ImportAnswer
    setProblem(problemText(answer.kind === 'refused' ? answer : null))
    return null
  }
  const choose = async (list: List, file: File) => {
    const bytes = new Uint8Array(await file.arrayBuffer())
    const answer = await ask(list, bytes, false)
    setChosen(answer && { list, file, bytes, answer })
  }
  const commit = async () => {
    if (!chosen) return
    const answer = await ask(chosen.list, chosen.bytes, true)
    if (!answer) return
    setChosen({ ...chosen, answer })
    onDone()
  }
  return (
    <div class="stack">
      <div class="columns">
        {lists.map((list) => (
          <section key={list} class="sheet file-drop">
            <h2>{t[list]}</h2>
            <p class="soft">{list === 'checkpoints' ? t.checkpointsText : t.teamsText}</p>
            <FileButton label={t.choose} accept=".csv,.tsv,.txt,.gpx,.xml" onFile={(file) => void choose(list, file)} />
          </section>
        ))}
      </div>
      {reading ? <p role="status">{t.reading}</p> : null}
      {problem ? (
        <p class="notice no" role="alert">
          {problem}
        </p>
      ) : null}
      {chosen ? <Preview chosen={chosen} busy={reading} onCommit={() => void commit()} /> : null}
    </div>
  )
}

function problemText(refused: { code: string; figures: Record<string, unknown> } | null): string {
  const t = words.value
  if (refused === null) return t.failed.offline
  const { code, figures } = refused
  if (code === 'ZK-PLAN-002') return fileText(figures)
  if (code === 'ZK-GATE-003') return setupWords.value.imports.tooLarge
  if (code === 'ZK-PLAN-003') return setupWords.value.effectBlocked
  return t.failed.otherText(code)
}

function fileText(figures: Record<string, unknown>): string {
  const t = setupWords.value.imports
  const [wrong] = badFieldsOf(figures) as readonly { problem: string; line?: number; is?: string }[]
  const why = t.files[wrong?.problem ?? ''] ?? words.value.fieldBad
  const line = wrong?.line === undefined ? null : count(wrong.line)
  return `${t.unreadable(line, why)}${wrong?.is ? t.aside(wrong.is) : ''}`
}

/** What of the file is not read, or may be read wrongly, told before its lines. */
function Warnings({ answer: { leftOut, encoding } }: { answer: ImportAnswer }) {
  const t = setupWords.value.imports
  const columns = leftOut.map(({ heading, column }) => heading || t.column(count(column)))
  const guessed = !encoding.startsWith('utf')
  return (
    <>
      {columns.length > 0 ? <p class="notice warn">{t.leftOut(columns)}</p> : null}
      {guessed ? <p class="notice">{t.guessedEncoding(encoding)}</p> : null}
    </>
  )
}

function Preview({ chosen, busy, onCommit }: { chosen: Chosen; busy: boolean; onCommit: () => void }) {
  const t = setupWords.value.imports
  const { lines, committed, encoding, format } = chosen.answer
  const of = (does: ImportLine['does']) => lines.filter((line) => line.does === does).length
  const writes = of('add') + of('change')
  return (
    <section class="sheet stack">
      <h2>{committed ? t.done(count(writes)) : t.previewTitle}</h2>
      <p>
        {chosen.file.name} <span class="soft">{`${format} ${encoding}`}</span>
      </p>
      <p role="status">{t.counts(count(of('add')), count(of('change')), count(of('same')), count(of('bad')))}</p>
      {committed ? null : <Warnings answer={chosen.answer} />}
      {of('bad') > 0 ? <p class="notice warn">{t.badStay}</p> : null}
      <ImportLines lines={lines} />
      {committed ? null : (
        <Button kind="main" disabled={busy || writes === 0} onClick={onCommit}>
          {writes === 0 ? t.nothing : t.commit(count(writes))}
        </Button>
      )}
    </section>
  )
}
