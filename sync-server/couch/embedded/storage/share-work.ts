/**
 * Lets callers that arrive together share one run of `work`. A run that has begun may have missed a caller's write,
 * so a caller gets the run that begins after the call: at most one is running and one waiting.
 */
export function shareWork(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined
  let waiting: Promise<void> | undefined

  function begin(): Promise<void> {
    waiting = undefined
    const run = work().finally(() => {
      if (running === run) running = undefined
    })
    running = run
    return run
  }

  return () => {
    if (!running) return begin()
    waiting ??= running.then(begin, begin)
    return waiting
  }
}
