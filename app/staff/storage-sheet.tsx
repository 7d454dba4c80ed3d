import { useState } from 'preact/hooks'
import { byteSize } from '../i18n/format.ts'
import { words } from '../i18n/words.ts'
import { Button } from '../ui/button.tsx'
import { usePhone } from './phone.ts'

/** Whether the browser promised to keep the records, and how much room is left. */
export function StorageSheet() {
  const { storage } = usePhone().store.status
  const t = words.value.sync
  const [persisted, setPersisted] = useState<boolean | null>(null)
  const { room, freeBytes } = storage.value
  const safe = persisted ?? storage.value.persisted
  const ask = async () => setPersisted((await navigator.storage?.persist?.()) ?? false)
  return (
    <section class="sheet stack">
      <h2>{t.storage}</h2>
      {room === 'low' ? (
        <div class="notice warn" role="alert">
          <h3>{t.low}</h3>
          <p>{t.lowText}</p>
        </div>
      ) : null}
      <p>{safe ? t.persisted : t.notPersisted}</p>
      {freeBytes === null ? null : <p class="soft">{t.free(byteSize(freeBytes))}</p>}
      {safe ? null : (
        <>
          {persisted === false ? <p class="soft">{t.persistRefused}</p> : null}
          <Button wide onClick={() => void ask()}>
            {t.persist}
          </Button>
        </>
      )}
    </section>
  )
}
