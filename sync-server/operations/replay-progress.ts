/**
 * Says how far a replay is, given how much was left at which time: `null` as long as nobody can tell. The most that
 * was ever left is taken for the whole; the time that is left, from the pace of all that is done.
 */
export function replayProgress(): (left: number, nowMs: number) => string | null {
  let most = 0
  let begunMs = 0
  return (left, nowMs) => {
    if (left > most) [most, begunMs] = [left, nowMs]
    const done = most - left
    if (most === 0 || done <= 0) return null
    const leftSeconds = Math.ceil((left * (nowMs - begunMs)) / done / 1000)
    const percent = Math.floor((done * 100) / most)
    return `${percent} % (${done} of ${most}), ${leftSeconds < 90 ? `${leftSeconds} s` : `${Math.ceil(leftSeconds / 60)} min`} left`
  }
}
