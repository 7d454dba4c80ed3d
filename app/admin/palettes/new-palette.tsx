import { useRef, useState } from 'preact/hooks'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { words } from './palette-words.ts'
import type { Palettes } from './use-palettes.ts'

/** A picture, what it is called, and how many colours; the form is emptied once the server has it. */
export function NewPalette({ palettes }: { palettes: Palettes }) {
  const t = words.value
  const form = useRef<HTMLFormElement>(null)
  const [file, setFile] = useState<File | null>(null)
  const [ja, setJa] = useState('')
  const [en, setEn] = useState('')
  const [k, setK] = useState<number | null>(null)
  const send = async () => {
    if (!file || !(await palettes.add({ file, ja, en, k }))) return
    form.current?.reset()
    setFile(null)
    setJa('')
    setEn('')
    setK(null)
  }
  return (
    <form
      ref={form}
      class="sheet stack"
      onSubmit={(event) => {
        event.preventDefault()
        void send()
      }}
    >
      <h2>{t.add}</h2>
      <div class="palette-fields">
        <Field label={t.picture}>
          {(ids) => (
            <input
              {...ids}
              type="file"
              accept="image/jpeg,image/png,.heic,.heif"
              onChange={(event) => setFile(event.currentTarget.files?.[0] ?? null)}
            />
          )}
        </Field>
        <NameFields ja={ja} en={en} onJa={setJa} onEn={setEn} />
        <CountField k={k} onK={setK} />
      </div>
      <Button kind="main" type="submit" disabled={palettes.busy || !file || !(ja.trim() || en.trim())}>
        {palettes.busy ? t.making : t.make}
      </Button>
    </form>
  )
}

type Names = { ja: string; en: string; onJa: (ja: string) => void; onEn: (en: string) => void }

/** One of them is enough. */
export function NameFields({ ja, en, onJa, onEn }: Names) {
  const t = words.value
  return (
    <>
      <Field label={t.nameJa}>
        {(ids) => <input {...ids} maxLength={60} value={ja} onInput={(event) => onJa(event.currentTarget.value)} />}
      </Field>
      <Field label={t.nameEn}>
        {(ids) => <input {...ids} maxLength={60} value={en} onInput={(event) => onEn(event.currentTarget.value)} />}
      </Field>
    </>
  )
}

const counts = Array.from({ length: 15 }, (_, n) => n + 2)

/** From 2 to 16 colours, or as many as the picture asks for. */
export function CountField({ k, onK }: { k: number | null; onK: (k: number | null) => void }) {
  const t = words.value
  return (
    <Field label={t.colours}>
      {(ids) => (
        <select {...ids} value={k ?? ''} onChange={(event) => onK(Number(event.currentTarget.value) || null)}>
          <option value="">{t.auto}</option>
          {counts.map((n) => (
            <option key={n} value={n}>
              {t.count(n)}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
