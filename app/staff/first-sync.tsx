import { count } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Meter } from '../ui/meter.tsx'
import { usePhone } from './phone.ts'

/** Shown until the phone holds a whole copy; the person may go on with what is there. */
export function FirstSync({ onSkip }: { onSkip: () => void }) {
  const { mirrors, status } = usePhone().store
  const t = words.value.firstSync
  const [done, total] = [mirrors.board, mirrors.carried].reduce<[number, number | null]>(
    ([received, expected], mirror) => {
      const progress = mirror.progress.value
      const here = progress?.received ?? mirror.docs.value.size
      const all = mirror.state.value === 'complete' ? here : (progress?.expected ?? null)
      return [received + here, expected === null || all === null ? null : expected + all]
    },
    [0, 0],
  )
  return (
    <main id="main" class="screen first-sync">
      <h1 tabIndex={-1}>{t.title}</h1>
      <div class="sheet stack">
        <Meter share={total ? done / total : 0} label={t.title} />
        <p class="figure" aria-live="off">
          {total === null ? count(done) : t.progress(count(done), count(total))}
        </p>
        <p class="soft">{status.link.value === 'offline' ? t.waiting : t.text}</p>
      </div>
      <div class="screen-action">
        <Button wide onClick={onSkip}>
          {t.skip}
        </Button>
      </div>
    </main>
  )
}
