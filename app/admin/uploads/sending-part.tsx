import { count } from '../../i18n/format.ts'
import { Button } from '../../ui/button.tsx'
import { Meter } from '../../ui/meter.tsx'
import type { Sender } from './sender.ts'
import { words } from './upload-words.ts'

/** How far the sending is, in all and of what is on its way; with a way to pause, to go on and to try again. */
export function SendingPart({ sender }: { sender: Sender }) {
  const t = words.value
  const items = sender.items.value
  if (items.length === 0) return null
  const failed = items.filter(({ state }) => state === 'failed')
  const sent = sender.sent.value
  return (
    <section class="sheet stack sending" aria-label={t.sending}>
      <p role="status">{t.sendState(count(sent), count(items.length))}</p>
      <Meter share={sent / items.length} label={t.sending} />
      <ul class="soft">
        {items
          .filter(({ state }) => state === 'sending')
          .map(({ n, path }) => (
            <li key={n}>{path}</li>
          ))}
      </ul>
      {sender.offline.value ? <p class="notice warn">{t.offline}</p> : null}
      {failed.length > 0 ? (
        <div role="alert">
          <p>{t.failed(count(failed.length))}</p>
          <ul class="soft">
            {failed.slice(0, 20).map(({ n, path, code }) => (
              <li key={n}>
                {path} ({code})
              </li>
            ))}
          </ul>
        </div>
      ) : null}
      <div class="row wrap">
        {sender.active.value ? (
          sender.paused.value ? (
            <Button onClick={sender.resume}>{t.resume}</Button>
          ) : (
            <Button onClick={sender.pause}>{t.pause}</Button>
          )
        ) : null}
        {failed.length > 0 ? <Button onClick={sender.retry}>{t.retry}</Button> : null}
      </div>
    </section>
  )
}
