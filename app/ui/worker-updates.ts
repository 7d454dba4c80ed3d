import { signal } from '@preact/signals'

/** A new version is installed and waits; `take` lets it take over, and every tab loads it. */
export const update = signal<{ take: () => void } | null>(null)
/** While true nothing reloads the page: a photo is being looked at that exists only in memory. */
export const inTheMiddle = signal(false)

/** Makes the app load without a network, and watches for new versions; nothing is replaced before the person agrees. */
export async function startWorker(script: string, scope: string): Promise<void> {
  if (!('serviceWorker' in navigator)) return
  const controlled = navigator.serviceWorker.controller !== null
  const registration = await navigator.serviceWorker.register(script, { scope })
  const offer = (worker: ServiceWorker) => {
    update.value = { take: () => worker.postMessage({ type: 'SKIP_WAITING' }) }
  }
  if (registration.waiting && controlled) offer(registration.waiting)
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && navigator.serviceWorker.controller) offer(worker)
    })
  })
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker of a fresh phone takes over the page that installed it: nothing changed there.
    if (controlled || update.value) reloadWhenFree()
  })
  document.addEventListener('visibilitychange', () => {
    // Offline the check fails and is made again the next time.
    if (document.visibilityState === 'visible') registration.update().catch(() => undefined)
  })
}

function reloadWhenFree(): void {
  const stop = inTheMiddle.subscribe((busy) => {
    if (busy) return
    queueMicrotask(() => stop())
    location.reload()
  })
}
