import { useState } from 'preact/hooks'
import { encode } from 'uqr'
import type { TeamBib } from '../../../design-docs/console.ts'
import type { TeamDoc } from '../../../design-docs/derived.ts'
import { words } from '../../i18n/admin-words.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'

/** A team's bib as it holds now, to be printed alone on a page. */
export function BibDialog({ team: { number: team, bibs }, onClose }: { team: TeamDoc; onClose: () => void }) {
  const t = words.value
  const { desk, live, who } = useDesk()
  const loaded = useLoaded<TeamBib>(`/api/events/${who.event}/teams/${encodeURIComponent(team)}/bib`, {
    desk,
    live,
    concerns: ({ teams }) => teams.includes(team),
  })
  return (
    <Dialog title={t.bib.title} onClose={onClose}>
      <Shown loaded={loaded}>{(bib) => <Bib bib={bib} revoked={bibs.revoked} />}</Shown>
      <Button kind="bare" wide onClick={onClose}>
        {t.close}
      </Button>
    </Dialog>
  )
}

function Bib({ bib, revoked }: { bib: TeamBib; revoked: readonly number[] }) {
  const t = words.value.bib
  const { who } = useDesk()
  const [asking, setAsking] = useState(false)
  const mayReissue = who.role === 'admin' || who.role === 'core'
  if (asking) return <Reissue bib={bib} revoked={revoked} onDone={() => setAsking(false)} />
  return (
    <>
      {bib.revoked ? <p class="notice no">{t.revoked}</p> : null}
      <section class="bib" aria-label={t.label(bib.number)}>
        <b class="bib-number" style={{ '--characters': bib.number.length }}>
          {bib.number}
        </b>
        <span class="bib-name">{bib.name}</span>
        <Code text={bib.text} />
        <span class="bib-issue">{t.issue(String(bib.issue))}</span>
      </section>
      <Button kind="main" disabled={bib.revoked} onClick={() => print()}>
        {t.print}
      </Button>
      {mayReissue ? (
        <Button wide onClick={() => setAsking(true)}>
          {t.reissue}
        </Button>
      ) : null}
    </>
  )
}

/** A lost bib must not count any more, so the next one is given out only together with its end. */
function Reissue({ bib, revoked, onDone }: { bib: TeamBib; revoked: readonly number[]; onDone: () => void }) {
  const t = words.value
  const { decisions } = useDesk()
  const reissue = () => {
    const correction = { kind: 'correction', team: bib.number } as const
    const others = revoked.filter((issue) => issue !== bib.issue)
    decisions.decide({ ...correction, field: 'revokedBibs', is: [...others, bib.issue] })
    decisions.decide({ ...correction, field: 'bibIssue', is: bib.issue + 1 })
    onDone()
  }
  return (
    <>
      <p>{t.bib.reissueText(String(bib.issue), String(bib.issue + 1))}</p>
      <Button kind="refuse" wide onClick={reissue}>
        {t.bib.reissueYes}
      </Button>
      <Button wide onClick={onDone}>
        {t.back}
      </Button>
    </>
  )
}

/** A quarter of the code may be dirty or creased and it still reads. */
function Code({ text }: { text: string }) {
  const { data, size } = encode(text, { ecc: 'Q', border: 4 })
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('')
  return (
    <svg class="bib-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={words.value.bib.qr}>
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" shape-rendering="crispEdges" />
    </svg>
  )
}
