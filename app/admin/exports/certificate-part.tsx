import { useEffect, useState } from 'preact/hooks'
import type { CertificateTemplate } from '../../../design-docs/exports.ts'
import { certificatePlaces } from '../../../functions/rules/certificates.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { exportsWords } from './exports-words.ts'

/** The organizers' own words on certificates, in both languages. */
export function CertificatePart({ mayChange }: { mayChange: boolean }) {
  const t = exportsWords.value.certificate
  const { desk, live, who } = useDesk()
  const path = `/api/events/${who.event}/certificate`
  const loaded = useLoaded<CertificateTemplate>(path, { desk, live, concerns: () => false })
  return (
    <details class="sheet stack certificate">
      <summary>
        <h2>{t.title}</h2>
      </summary>
      <p>{t.text}</p>
      <dl class="marks">
        {certificatePlaces.map((mark) => (
          <div key={mark}>
            <dt>
              <code>{`{${mark}}`}</code>
            </dt>
            <dd>{t.marks[mark]}</dd>
          </div>
        ))}
      </dl>
      <Shown loaded={loaded}>{(first) => <Words first={first} path={path} mayChange={mayChange} />}</Shown>
    </details>
  )
}

const parts = [
  ['title', 'heading', 1],
  ['text', 'body', 10],
  ['signature', 'signature', 2],
] as const

type WordsProps = { first: CertificateTemplate; path: string; mayChange: boolean }

function Words({ first, path, mayChange }: WordsProps) {
  const { certificate: t, languages } = exportsWords.value
  const { desk } = useDesk()
  const [template, setTemplate] = useState(first)
  const [saving, setSaving] = useState(false)
  useEffect(() => setTemplate(first), [first])
  const save = async () => {
    setSaving(true)
    const answer = await desk.ask(path, { method: 'PUT', json: template })
    setSaving(false)
    if (answer.kind === 'ok') setTemplate(answer.body as CertificateTemplate)
    const theirs = answer.kind === 'refused' ? answer.figures.theirs : undefined
    if (theirs) setTemplate(theirs as CertificateTemplate)
    toast(answer.kind === 'ok' ? t.saved : theirs ? t.clash : t.failed)
  }
  return (
    <form
      class="stack"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <div class="fields">
        {(['ja', 'en'] as const).map((language) => (
          <div class="stack" key={language}>
            {parts.map(([part, label, rows]) => (
              <Field key={part} label={t[label](languages[language])}>
                {(ids) => (
                  <textarea
                    {...ids}
                    rows={rows}
                    maxLength={2000}
                    readOnly={!mayChange}
                    value={template[part][language]}
                    onInput={({ currentTarget: { value } }) =>
                      setTemplate({ ...template, [part]: { ...template[part], [language]: value } })
                    }
                  />
                )}
              </Field>
            ))}
          </div>
        ))}
      </div>
      {mayChange ? (
        <Button type="submit" disabled={saving}>
          {t.save}
        </Button>
      ) : (
        <p class="soft">{t.mayNot}</p>
      )}
    </form>
  )
}
