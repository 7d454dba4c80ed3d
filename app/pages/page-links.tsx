import { said } from '../i18n/dictionary.ts'
import { latestAnswer } from '../surveys/own-answer.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Pill } from '../ui/pill.tsx'
import { pageWords } from './page-words.ts'
import { pagesFor, type Reader, seesAttendance, surveysFor } from './reader.ts'
import './pages.css'

const icons = { schedule: 'records', map: 'place', guide: 'question' } as const satisfies Record<string, IconName>

/** The ways to what the organizers say for as long as the event lasts; nothing where there is nothing. */
export function PageLinks({ reader }: { reader: Reader }) {
  const t = pageWords.value
  const { root } = reader
  const pages = pagesFor(reader)
  const surveys = surveysFor(reader)
  const attendance = seesAttendance(reader)
  if (pages.length + surveys.length === 0 && !attendance) return null
  return (
    <nav class="sheet flush page-links" aria-label={t.title}>
      <ul>
        {pages.map(({ _id, kind, title }) => (
          <Way key={_id} to={`${root}/pages/${_id.slice('page:'.length)}`} icon={icons[kind]} text={said(title)} />
        ))}
        {surveys.map((survey) => (
          <Way
            key={survey._id}
            to={`${root}/surveys/${survey._id.slice('survey:'.length)}`}
            icon="check"
            text={said(survey.title)}
            done={latestAnswer(reader, survey) !== null ? t.answered : ''}
          />
        ))}
        {attendance ? <Way to={`${root}/attendance`} icon="people" text={t.attendance} /> : null}
      </ul>
    </nav>
  )
}

function Way({ to, icon, text, done = '' }: { to: string; icon: IconName; text: string; done?: string }) {
  return (
    <li>
      <a href={to}>
        <Icon name={icon} />
        <span class="grow">{text}</span>
        {done ? <Pill tone="ok">{done}</Pill> : null}
        <Icon name="next" />
      </a>
    </li>
  )
}
