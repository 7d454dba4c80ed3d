import { useEffect, useState } from 'preact/hooks'
import { type Lens, listLenses } from '../device/camera.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { Tick } from '../ui/tick.tsx'
import { lensId, rapid, type Source, source, sources } from './scan-settings.ts'

/** Camera or scanner, which lens, and whether to go on by itself. */
export function ScanOptions({ open, setOpen }: { open: boolean; setOpen: (open: boolean) => void }) {
  const t = words.value.scan
  return (
    <>
      <Button aria-label={t.options} onClick={() => setOpen(true)}>
        <Icon name="settings" />
      </Button>
      {open ? (
        <Dialog title={t.options} onClose={() => setOpen(false)}>
          <SourceField />
          {source.value === 'camera' ? <LensField /> : null}
          <Tick
            checked={rapid.value}
            onChange={(checked) => {
              rapid.value = checked
            }}
          >
            <b>{t.rapid}</b>
            <span class="soft">{t.rapidText}</span>
          </Tick>
          <Button kind="main" onClick={() => setOpen(false)}>
            {words.value.close}
          </Button>
        </Dialog>
      ) : null}
    </>
  )
}

function SourceField() {
  const t = words.value.scan
  const names: Record<Source, string> = { camera: t.camera, wedge: t.wedge }
  return (
    <Field label={t.source}>
      {(ids) => (
        <select
          {...ids}
          value={source.value}
          onChange={(event) => {
            source.value = event.currentTarget.value as Source
          }}
        >
          {sources.map((one) => (
            <option key={one} value={one}>
              {names[one]}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

function LensField() {
  const [lenses, setLenses] = useState<Lens[]>([])
  const t = words.value.scan
  useEffect(() => {
    // Without a list the default lens stays in use.
    listLenses().then(setLenses, () => undefined)
  }, [])
  if (lenses.length < 2) return null
  return (
    <Field label={t.chooseCamera}>
      {(ids) => (
        <select
          {...ids}
          value={lensId.value}
          onChange={(event) => {
            lensId.value = event.currentTarget.value
          }}
        >
          <option value="">{t.anyCamera}</option>
          {lenses.map(({ id, label }, i) => (
            <option key={id} value={id}>
              {label || t.cameraNumber(i + 1)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
