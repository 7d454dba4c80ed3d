import { count } from '../../i18n/format.ts'
import { JobItem } from './job-item.tsx'
import { jobWords } from './job-words.ts'
import type { Papers } from './use-paper.ts'

type Props = { papers: Papers; isShown: (what: string) => boolean }

/** PDFs that were made or are being made: their progress, and their files. */
export function PapersPart({ papers, isShown }: Props) {
  const t = jobWords.value
  const list = papers.loaded.value
  if (!list) return null
  const rows = papers.rows.filter(({ what }) => isShown(what))
  return (
    <section class="sheet stack papers">
      <h2>{t.papers}</h2>
      <p class="soft">{t.papersText}</p>
      {rows.length > 0 ? (
        <>
          <ul class="list jobs">
            {rows.map((job) => (
              <JobItem key={job.id} job={job} keptDays={list.keptDays} jobs={papers} />
            ))}
          </ul>
          <p class="soft">{t.kept(count(list.keptDays))}</p>
        </>
      ) : (
        <p class="soft">{t.noJobs}</p>
      )}
    </section>
  )
}
