/**
 * Runs what nobody waits for once the screen shows what has just changed: requests and decoding take the time in which
 * a frame is made. At the latest after 150 ms, since a page that is hidden paints nothing.
 */
export function afterPaint(then: () => void): void {
  let done = false
  const once = () => {
    if (!done) then()
    done = true
  }
  requestAnimationFrame(() => {
    // Safari has no idle callbacks.
    if ('requestIdleCallback' in globalThis) requestIdleCallback(once)
    else setTimeout(once)
  })
  setTimeout(once, 150)
}
