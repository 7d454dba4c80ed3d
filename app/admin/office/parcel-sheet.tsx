import { useEffect, useState } from 'preact/hooks'
import type { ParcelAnswer } from '../../../design-docs/parcel.ts'
import { words as common } from '../../i18n/admin-words.ts'
import { dayAndTime, timeWithSeconds } from '../../i18n/format.ts'
import { words } from '../../i18n/parcel-words.ts'
import { type HandedIn, handIn, lookAt } from '../../store/parcels/hand-in.ts'
import { type OpenedParcel, openParcel } from '../../store/parcels/open-parcel.ts'
import { Button } from '../../ui/button.tsx'
import { Facts } from '../../ui/facts.tsx'
import { Pill } from '../../ui/pill.tsx'
import { useDesk } from '../desk/context.ts'
import { TableScroll } from '../table-scroll.tsx'

type Stage =
  | { at: 'reading' }
  | { at: 'refused'; code: string; despite?: string }
  | { at: 'away' }
  | { at: 'seen'; answer: ParcelAnswer }
  | { at: 'taking'; answer: ParcelAnswer; done: number; all: number }
  | { at: 'taken'; answer: ParcelAnswer }
type Props = { file: File; onTaken: () => void; onClose: () => void }

/** One file: whose it is and what its records would come to, then what they came to. */
export function ParcelSheet({ file, onTaken, onClose }: Props) {
  const t = words.value
  const { desk, who } = useDesk()
  const [parcel, setParcel] = useState<OpenedParcel | null>(null)
  const [stage, setStage] = useState<Stage>({ at: 'reading' })
  const [despite, setDespite] = useState<string>()
  const way = { event: who.event, ask: desk.ask, despite }

  const look = async (opened: OpenedParcel | null, anyway?: string) => {
    setStage({ at: 'reading' })
    if (!opened) return setStage({ at: 'refused', code: 'ZK-FILE-001' })
    const seen = await lookAt(opened, { ...way, despite: anyway })
    setStage(seen.kind === 'ok' ? { at: 'seen', answer: seen.answer } : failure(seen))
  }
  useEffect(() => {
    void openParcel(file).then((opened) => {
      setParcel(opened)
      return look(opened)
    })
  }, [file])
  const take = async (opened: OpenedParcel, answer: ParcelAnswer) => {
    setStage({ at: 'taking', answer, done: 0, all: 0 })
    const onProgress = (done: number, all: number) => setStage({ at: 'taking', answer, done, all })
    const taken = await handIn(opened, { ...way, onProgress })
    setStage(taken.kind === 'ok' ? { at: 'taken', answer: taken.answer } : failure(taken))
    onTaken()
  }
  const again = () => void look(parcel, despite)

  return (
    <section class="sheet stack">
      <h2 class="clip">{file.name}</h2>
      {stage.at === 'reading' ? <p role="status">{t.reading}</p> : null}
      {stage.at === 'away' ? (
        <div class="notice warn" role="alert">
          <p>{t.offline}</p>
          <Button onClick={again}>{common.value.retry}</Button>
        </div>
      ) : null}
      {stage.at === 'refused' ? (
        <div class="notice no stack" role="alert">
          <p>
            {stage.code === 'ZK-FILE-001' ? t.refusedFiles.broken : common.value.failed.otherText(stage.code)}{' '}
            <b class="digits">{stage.code}</b>
          </p>
          {stage.despite !== undefined && who.role === 'admin' ? (
            <>
              <p>{t.despiteText}</p>
              <Button
                onClick={() => {
                  setDespite(stage.despite)
                  void look(parcel, stage.despite)
                }}
              >
                {t.despite}
              </Button>
            </>
          ) : null}
        </div>
      ) : null}
      {'answer' in stage ? <Contents answer={stage.answer} /> : null}
      <div class="row wrap">
        {stage.at === 'seen' && parcel ? (
          <Button kind="main" onClick={() => void take(parcel, stage.answer)}>
            {t.take}
          </Button>
        ) : null}
        {stage.at === 'taking' ? <p role="status">{t.taking(stage.done, stage.all)}</p> : null}
        {stage.at === 'taken' ? (
          <span role="status">
            <Pill tone="ok">{t.taken}</Pill>
          </span>
        ) : null}
        {stage.at === 'taking' ? null : (
          <Button kind="bare" onClick={onClose}>
            {t.close}
          </Button>
        )}
      </div>
    </section>
  )
}

function failure(answer: Exclude<HandedIn, { kind: 'ok' }>): Stage {
  if (answer.kind !== 'refused') return { at: 'away' }
  const { generation } = answer.figures
  return {
    at: 'refused',
    code: answer.code,
    ...(answer.code === 'ZK-FILE-004' && typeof generation === 'string' ? { despite: generation } : {}),
  }
}

const tones = { new: 'ok', known: 'quiet', waits: 'wait', refused: 'no' } as const

function Contents({ answer: { device, madeAt, file, files, rows, photos } }: { answer: ParcelAnswer }) {
  const t = words.value
  const { overview } = useDesk()
  const zone = overview.value?.event.timeZone
  const countOf = (state: string) => photos.filter((photo) => photo.state === state).length
  return (
    <>
      <Facts
        rows={[
          [t.from, `${device.name || t.nameless} ${device.id.slice(0, 8)}`],
          [t.holders, device.holders.join('、')],
          [t.made, dayAndTime(madeAt, zone)],
          [t.fileNumber, t.fileOf(file, files)],
          [
            t.photos,
            photos.length === 0 ? null : t.photosOf(countOf('stored'), countOf('missing'), countOf('refused')),
          ],
        ]}
      />
      {device.removed ? (
        <p class="notice warn">
          <span class="grow">{t.removedDevice}</span> <a href="/admin/problems">{t.toProblems}</a>
        </p>
      ) : null}
      <TableScroll label={t.record}>
        <table class="table">
          <thead>
            <tr>
              <th scope="col">{t.time}</th>
              <th scope="col">{t.record}</th>
              <th scope="col">{t.team}</th>
              <th scope="col">{t.result}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.id}>
                <td class="digits">{row.at === null ? '' : timeWithSeconds(row.at, zone)}</td>
                <th scope="row">{common.value.oneTeam.facts[row.type] ?? row.type}</th>
                <td class="digits">{row.team}</td>
                <td>
                  <Pill tone={tones[row.state]}>{t.willBe[row.state]}</Pill> <span class="digits">{row.code}</span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </>
  )
}
