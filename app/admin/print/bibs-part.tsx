import { useMemo, useState } from 'preact/hooks'
import type { TeamRow } from '../../../design-docs/console.ts'
import { bibPages, type PerPage, type PrintedBib } from '../../../functions/rules/bib-sheet.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { type Language, language } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { State } from '../../ui/state.tsx'
import { useDesk } from '../desk/context.ts'
import { PapersPart } from '../jobs/papers-part.tsx'
import { usePaper } from '../jobs/use-paper.ts'
import { TextField } from '../setup/inputs.tsx'
import { LanguageField, PerPageField } from './paper-fields.tsx'
import { printWords } from './print-words.ts'
import { readNumbers } from './read-numbers.ts'
import { measureOnScreen, SheetPreview } from './sheet-preview.tsx'

/** Which teams, how many on a sheet, how it will look, and the PDF. */
export function BibsPart({ teams }: { teams: readonly TeamRow[] }) {
  const t = printWords.value
  const { overview } = useDesk()
  const event = overview.value?.event
  const [classId, setClassId] = useState('')
  const [numbers, setNumbers] = useState('')
  const [perPage, setPerPage] = useState<PerPage>(2)
  const [onPaper, setOnPaper] = useState<Language>(language.value)
  const papers = usePaper()
  const { making } = papers
  const chosen = useMemo(() => {
    const inClass = teams.filter(({ classIds }) => classId === '' || classIds.includes(classId))
    const found = readNumbers(
      numbers,
      inClass.map(({ team }) => team),
    )
    // Who is out needs no bib, unless somebody asks for it by number.
    const isMeant = ({ team, state }: TeamRow) =>
      found.numbers.includes(team) && (numbers.trim() !== '' || state !== 'out')
    return { teams: inClass.filter(isMeant), unknown: found.unknown }
  }, [teams, classId, numbers])
  const sample = chosen.teams.slice(0, perPage).map((team): PrintedBib => {
    const classes = event?.classes.filter(({ id }) => team.classIds.includes(id)) ?? []
    return {
      number: team.team,
      issue: 1,
      text: sampleText(event?.code ?? '', team.team),
      name: team.name,
      classes: classes.map(({ name }) => name[onPaper] || said(name)).join(onPaper === 'ja' ? '、' : ', '),
      event: event ? event.name[onPaper] || said(event.name) : '',
    }
  })
  const [page] = bibPages(sample, { perPage, measure: measureOnScreen })
  const many = chosen.teams.length
  return (
    <>
      <section class="sheet stack">
        <h2>{t.bibs}</h2>
        <div class="print-part">
          <div class="stack">
            <Field label={t.which}>
              {(ids) => (
                <select {...ids} value={classId} onChange={({ currentTarget }) => setClassId(currentTarget.value)}>
                  <option value="">{t.everyClass}</option>
                  {event?.classes.map(({ id, name }) => (
                    <option key={id} value={id}>
                      {said(name)}
                    </option>
                  ))}
                </select>
              )}
            </Field>
            <TextField
              label={t.numbers}
              hint={t.numbersHint}
              value={numbers}
              onChange={setNumbers}
              maxLength={2000}
              problem={chosen.unknown.length > 0 ? t.unknown(chosen.unknown.join(' ')) : undefined}
            />
            <PerPageField value={perPage} onChange={setPerPage} />
            <LanguageField value={onPaper} onChange={setOnPaper} />
            <Button
              kind="main"
              disabled={making || many === 0}
              onClick={() =>
                void papers.order('/print/bibs/job', {
                  teams: chosen.teams.map(({ team }) => team),
                  perPage,
                  language: onPaper,
                })
              }
            >
              {making ? t.making : t.make(count(many), count(Math.ceil(many / perPage)))}
            </Button>
          </div>
          {page ? (
            <figure class="stack">
              <SheetPreview page={page} label={t.preview} />
              <figcaption class="soft">{t.previewHint}</figcaption>
            </figure>
          ) : (
            <State icon="people" title={t.none} text={t.noneText} />
          )}
        </div>
      </section>
      <PapersPart papers={papers} isShown={(what) => what === 'bibs'} />
    </>
  )
}

/** As long as a signed one, and good for nothing. */
const sampleText = (event: string, number: string) =>
  `ZK1:${event.toUpperCase()}:${number}:1:SAMPLE:${'SAMPLE'.repeat(18).slice(0, 103)}`
