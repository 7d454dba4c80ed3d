import { useState } from 'preact/hooks'
import type { PlanPage } from '../../../design-docs/console.ts'
import type { PrintPosters } from '../../../design-docs/print.ts'
import {
  checkpointPoster,
  entryPoster,
  type Poster,
  posterPages,
  staffPoster,
  wifiPoster,
} from '../../../functions/rules/posters.ts'
import type { Wifi } from '../../../functions/rules/wifi-text.ts'
import { count } from '../../i18n/format.ts'
import { type Language, language } from '../../i18n/language.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { State } from '../../ui/state.tsx'
import { Tick } from '../../ui/tick.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { TextField } from '../setup/inputs.tsx'
import { LanguageField } from './paper-fields.tsx'
import { printWords } from './print-words.ts'
import { measureOnScreen, SheetPreview } from './sheet-preview.tsx'
import { usePrint } from './use-print.ts'

type Kind = PrintPosters['kind']
const kinds = ['checkpoints', 'entry', 'staff', 'wifi'] as const satisfies readonly Kind[]

/** Posters for checkpoints, for entering and for the network of the venue. */
export function PostersPart() {
  const { desk, live, who } = useDesk()
  const path = `/api/events/${who.event}/plan`
  const loaded = useLoaded<PlanPage>(path, { desk, live, concerns: ({ plan }) => plan, gatherMs: 2000 })
  return (
    <section class="sheet stack">
      <h2>{printWords.value.posters.title}</h2>
      <Shown loaded={loaded}>{(plan) => <Posters plan={plan} />}</Shown>
    </section>
  )
}

function Posters({ plan }: { plan: PlanPage }) {
  const t = printWords.value.posters
  const [kind, setKind] = useState<Kind>('checkpoints')
  const [wifi, setWifi] = useState<Wifi>({ ssid: '', password: '', hidden: false })
  const [onPaper, setOnPaper] = useState<Language>(language.value)
  const { making, print } = usePrint()
  const posters = postersOf(plan, { kind, wifi, language: onPaper })
  const [page] = posterPages(posters.slice(0, 1), measureOnScreen)
  const secret = wifi.password.length
  const isGood = posters.length > 0 && (kind !== 'wifi' || secret === 0 || (secret >= 8 && secret <= 63))
  const asked = kind === 'wifi' ? { kind, wifi, language: onPaper } : { kind, language: onPaper }
  return (
    <div class="print-part">
      <div class="stack">
        <Field label={t.kind}>
          {(ids) => (
            <select {...ids} value={kind} onChange={({ currentTarget }) => setKind(currentTarget.value as Kind)}>
              {kinds.map((one) => (
                <option key={one} value={one}>
                  {t.kinds[one]}
                </option>
              ))}
            </select>
          )}
        </Field>
        {kind === 'wifi' ? (
          <>
            <TextField
              label={t.ssid}
              value={wifi.ssid}
              maxLength={32}
              onChange={(ssid) => setWifi({ ...wifi, ssid })}
            />
            <TextField
              label={t.password}
              hint={t.passwordHint}
              value={wifi.password}
              maxLength={63}
              onChange={(password) => setWifi({ ...wifi, password })}
            />
            <Tick checked={wifi.hidden} onChange={(hidden) => setWifi({ ...wifi, hidden })}>
              {t.hidden}
            </Tick>
          </>
        ) : null}
        <LanguageField value={onPaper} onChange={setOnPaper} />
        <Button kind="main" disabled={making || !isGood} onClick={() => void print('posters', asked)}>
          {making ? printWords.value.making : t.make(count(posters.length))}
        </Button>
      </div>
      {page ? (
        <SheetPreview page={page} label={printWords.value.preview} />
      ) : kind === 'entry' ? (
        <State icon="question" title={t.noEntry} text={t.noEntryText} />
      ) : kind === 'staff' ? (
        <State icon="question" title={t.noStaff} text={t.noStaffText} />
      ) : kind === 'wifi' ? (
        <State icon="link" title={t.noWifi} />
      ) : (
        <State icon="place" title={t.noCheckpoint} text={t.noCheckpointText} />
      )}
    </div>
  )
}

type Asked = { kind: Kind; wifi: Wifi; language: Language }

/** The same as the server prints, so that the preview tells the truth; the address is the one the console has. */
function postersOf({ event, checkpoints }: PlanPage, { kind, wifi, language: onPaper }: Asked): Poster[] {
  const about = { event, baseUrl: location.origin, language: onPaper }
  if (kind === 'wifi') return wifi.ssid.trim() === '' ? [] : [wifiPoster(wifi, about)]
  if (kind === 'entry') return event.entryForm ? [entryPoster(about)] : []
  if (kind === 'staff') return event.staffApply ? [staffPoster(about)] : []
  const standing = checkpoints.filter(({ cancelled }) => !cancelled)
  standing.sort((one, other) => one.number.localeCompare(other.number, 'en', { numeric: true }))
  return standing.map((one) => checkpointPoster(one, about))
}
