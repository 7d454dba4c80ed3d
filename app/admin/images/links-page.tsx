import { useEffect } from 'preact/hooks'
import type { ImageLinkList, ImageLinkRow } from '../../../design-docs/links.ts'
import { timeWithSeconds } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { useLoaded } from '../desk/use-loaded.ts'
import { Shown } from '../failure.tsx'
import { Page } from '../page.tsx'
import { LinksPart } from '../scoreboards/links-part.tsx'
import { linkWords } from './link-words.ts'

/** A link lives for a minute: what is shown must not be much older than that. */
const reloadMs = 5000

/** Every link that opens something now, each to be revoked: one-time ones to pictures, and those to reports. */
export function LinksPage() {
  const t = linkWords.value
  const { who } = useDesk()
  const mayRevoke = who.role === 'admin' || who.role === 'core'
  return (
    <Page title={t.title}>
      <p class="soft">{mayRevoke ? t.lead : t.notYours}</p>
      {mayRevoke ? (
        <div class="stack">
          <PictureLinks />
          <LinksPart />
        </div>
      ) : null}
    </Page>
  )
}

function PictureLinks() {
  const t = linkWords.value
  const { desk, live, who } = useDesk()
  const path = `/api/events/${who.event}/image-links`
  const loaded = useLoaded<ImageLinkList>(path, { desk, live, concerns: () => false })
  useEffect(() => {
    const timer = setInterval(loaded.reload, reloadMs)
    return () => clearInterval(timer)
  }, [path])
  const revoke = async ({ id }: ImageLinkRow) => {
    const answer = await desk.ask(`${path}/${id}`, { method: 'DELETE' })
    toast(answer.kind === 'ok' ? t.revoked : t.failed)
    loaded.reload()
  }
  return (
    <section class="sheet stack">
      <h2>{t.pictures}</h2>
      <p class="soft">{t.picturesText}</p>
      <Shown loaded={loaded}>
        {({ links }) =>
          links.length > 0 ? (
            <ul class="list numbered">
              {links.map((link) => (
                <Row key={link.id} link={link} onRevoke={() => void revoke(link)} />
              ))}
            </ul>
          ) : (
            <p class="soft">{t.none}</p>
          )
        }
      </Shown>
    </section>
  )
}

function Row({ link, onRevoke }: { link: ImageLinkRow; onRevoke: () => void }) {
  const t = linkWords.value
  const { overview, nameOf } = useDesk()
  return (
    <li>
      <span class="number">{link.team ?? '–'}</span>
      <span class="grow">
        {link.team === undefined ? t.palette : t.team(link.team)}
        <div class="soft">
          {t.variants[link.variant]} · {nameOf(link.by)} ·{' '}
          {t.until(timeWithSeconds(link.until, overview.value?.event.timeZone))}
        </div>
      </span>
      <Button onClick={onRevoke}>{t.revoke}</Button>
    </li>
  )
}
