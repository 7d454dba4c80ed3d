import { useDesk } from '../desk/context.ts'
import { Page } from '../page.tsx'
import { CertificatePart } from './certificate-part.tsx'
import { ExportPart } from './export-part.tsx'
import './exports.css'
import { exportsWords } from './exports-words.ts'

/** Results and records as files. */
export function ExportsPage() {
  const t = exportsWords.value
  const { who } = useDesk()
  return (
    <Page title={t.title}>
      <p class="soft">{t.lead}</p>
      <ExportPart />
      <CertificatePart mayChange={who.role === 'admin'} />
    </Page>
  )
}
