import type { PaletteRow, VisitorRow } from '../../../design-docs/palettes.ts'
import { said } from '../../i18n/dictionary.ts'
import { count } from '../../i18n/format.ts'
import { language } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import { State } from '../../ui/state.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { PapersPart } from '../jobs/papers-part.tsx'
import { usePaper } from '../jobs/use-paper.ts'
import { words } from './palette-words.ts'
import { PortraitPictures } from './portrait-pictures.tsx'

type Visitors = { visitors: VisitorRow[]; waiting: number; parked: number }

/** Every portrait as photographed and as painted, with what its team has collected; printed, it is a contact sheet. */
export function VisitorsPart({ palettes }: { palettes: readonly PaletteRow[] }) {
  const t = words.value
  const { desk, live, who } = useDesk()
  const papers = usePaper()
  const root = `/api/events/${who.event}/visitors`
  const concerns = {
    desk,
    live,
    concerns: (change: { palettes: boolean; cards: string[] }) => change.palettes || change.cards.length > 0,
  }
  const loaded = useLoaded<Visitors>(root, concerns)
  const names = new Map(palettes.map(({ plan }) => [plan.photo, said(plan.name)]))
  const mayRepaint = who.role === 'admin' || who.role === 'core'
  const repaint = async (team: string) => {
    const answer = await desk.ask(`${root}/${team}/repaint`, { method: 'POST' })
    toast(answer.kind === 'ok' ? t.repainting : answer.kind === 'refused' ? t.refused(answer) : t.offline)
  }
  const contacts = () => papers.order('/contact-sheet/job', { language: language.value })
  return (
    <section class="stack visitors">
      <h2>{t.visitors}</h2>
      <Shown loaded={loaded}>
        {({ visitors, waiting, parked }) => (
          <>
            <div class="row wrap">
              {waiting > 0 ? <p class="notice grow">{t.waiting(count(waiting))}</p> : null}
              {parked > 0 ? (
                <p class="notice warn grow">
                  {t.parked(count(parked))} <a href="/admin/problems">{t.problems}</a>
                </p>
              ) : null}
              {visitors.length > 0 ? (
                <Button disabled={papers.making} onClick={() => void contacts()}>
                  {papers.making ? t.drawing : t.print}
                </Button>
              ) : null}
            </div>
            {visitors.length === 0 ? <State icon="camera" title={t.noVisitors} text={t.noVisitorsText} /> : null}
            <ul class="visitor-list">
              {visitors.map(({ team, name, photo, mark, cannot, palettes: own }) => (
                <li key={team} class="sheet stack">
                  {mark ? (
                    <PortraitPictures row={{ team, photo, mark, palettes: own }} />
                  ) : (
                    <div class="palette-pictures">
                      <span class="soft">{!photo ? t.noPortrait : cannot ? t.cannot : t.onItsWay}</span>
                    </div>
                  )}
                  <h3>
                    <a href={`/admin/teams/${team}`}>
                      <span class="digits">{team}</span> {name}
                    </a>
                  </h3>
                  <p class="soft">
                    {t.palettes}: {own.map((one) => names.get(one) ?? '–').join(', ') || '–'}
                  </p>
                  {mayRepaint && mark && own.length > 0 ? (
                    <Button onClick={() => void repaint(team)}>
                      {t.repaint}
                      <span class="hidden-text"> {team}</span>
                    </Button>
                  ) : null}
                </li>
              ))}
            </ul>
            {visitors.length > 0 ? <PapersPart papers={papers} isShown={(what) => what === 'contact-sheet'} /> : null}
          </>
        )}
      </Shown>
    </section>
  )
}
