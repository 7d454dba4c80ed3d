import type { ImportLine, ImportNote } from '../../../design-docs/imports.ts'
import { words } from '../../i18n/admin-words.ts'
import { count } from '../../i18n/format.ts'
import { setupWords } from '../../i18n/setup-words.ts'
import { Pill } from '../../ui/pill.tsx'
import { TableScroll } from '../table-scroll.tsx'

const tones = { add: 'ok', change: 'wait', same: 'quiet', bad: 'no' } as const
const order = { bad: 0, change: 1, add: 2, same: 3 } as const
const shown = 200

/** The lines of a file with what each would do, bad ones first. */
export function ImportLines({ lines }: { lines: readonly ImportLine[] }) {
  const t = setupWords.value.imports
  const sorted = [...lines].sort((a, b) => order[a.does] - order[b.does] || a.line - b.line)
  return (
    <>
      <TableScroll label={t.previewTitle}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col" class="number">
                {t.line}
              </th>
              <th scope="col">{t.fields.number}</th>
              <th scope="col">{t.fields.name}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {sorted.slice(0, shown).map((line, index) => (
              <tr key={`${line.line} ${index}`} class={`line-${line.does}`}>
                <td class="number">{line.line}</td>
                <th scope="row" class="digits">
                  {line.number}
                </th>
                <td class="import-text">
                  {line.label}
                  {line.notes.map((note) => (
                    <div key={`${note.field} ${note.problem ?? ''}`} class={note.problem ? 'line-problem' : 'soft'}>
                      {noteText(note)}
                    </div>
                  ))}
                </td>
                <td>
                  <Pill tone={tones[line.does]}>{t.does[line.does]}</Pill>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
      {sorted.length > shown ? <p class="soft">{words.value.more(count(sorted.length - shown))}</p> : null}
    </>
  )
}

/** A field of one member is told with the member's number: age2 is "Age 2". */
function fieldName(field: string): string {
  const { fields } = setupWords.value.imports
  const [, name = field, number = ''] = /^([a-z]+)(\d+)$/.exec(field) ?? []
  return fields[field] ?? (fields[name] ? `${fields[name]} ${number}` : field)
}

function noteText({ field, problem, was, is, assumed }: ImportNote): string {
  const t = setupWords.value.imports
  const name = fieldName(field)
  if (problem) return `${name}: ${t.problems[problem]}${is ? t.aside(is) : ''}`
  if (assumed) return `${name} ${is ?? ''} ${t.assumed}`
  return `${name}: ${was || words.value.none} → ${is ?? ''}`
}
