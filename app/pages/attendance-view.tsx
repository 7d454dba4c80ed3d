import type { AttendanceDoc, AttendanceFigures } from '../../design-docs/derived.ts'
import { attendanceId } from '../../design-docs/ids.ts'
import { said } from '../i18n/dictionary.ts'
import { count, dayAndTime, fromNow } from '../i18n/format.ts'
import { State } from '../ui/state.tsx'
import { pageWords } from './page-words.ts'
import type { Reader } from './reader.ts'

const rows = ['expected', 'arrived', 'notArrived', 'onCourse', 'finished', 'retired', 'out'] as const

/** How many came and where they are, all together and by class, as of when this phone last heard of it. */
export function AttendanceView({ reader }: { reader: Reader }) {
  const t = pageWords.value.figures
  const found = reader.store.mirrors.figures.docs.value.get(attendanceId) as unknown as AttendanceDoc | undefined
  if (!found) return <State icon="people" title={t.none} text={t.noneText} />
  const named = found.classes.flatMap(({ id, figures }) => {
    const known = reader.event?.classes.find((one) => one.id === id)
    return figures.expected.teams + figures.out.teams === 0
      ? []
      : [{ id, name: known ? said(known.name) : id, figures }]
  })
  return (
    <>
      <AsOf reader={reader} />
      <p class="soft">{t.lead}</p>
      <Figures name={t.all} figures={found.total} />
      {named.map(({ id, name, figures }) => (
        <Figures key={id} name={name} figures={figures} />
      ))}
    </>
  )
}

function AsOf({ reader: { store, now, timeZone } }: { reader: Reader }) {
  const t = pageWords.value.figures
  const { link, lastContactAt } = store.status
  if (link.value === 'online') return <p role="status">{t.live}</p>
  const heard = lastContactAt.value
  if (heard === null) return null
  const at = heard + store.outbox.stamp().offsetMs
  return <p class="notice warn">{t.asOf(dayAndTime(at, timeZone), fromNow(at, now.value))}</p>
}

function Figures({ name, figures }: { name: string; figures: AttendanceFigures }) {
  const t = pageWords.value.figures
  const notArrived = {
    teams: figures.expected.teams - figures.arrived.teams,
    people: figures.expected.people - figures.arrived.people,
  }
  const all = { ...figures, notArrived }
  return (
    <section class="sheet">
      <table class="attendance">
        <caption>{name}</caption>
        <thead>
          <tr>
            <th scope="col">
              <span class="hidden-text">{t.state}</span>
            </th>
            <th scope="col">{t.teams}</th>
            <th scope="col">{t.people}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row}>
              <th scope="row">{t.rows[row]}</th>
              <td class="digits">{count(all[row].teams)}</td>
              <td class="digits">{count(all[row].people)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
