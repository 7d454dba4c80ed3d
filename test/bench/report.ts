/** A figure beside the baseline measured in the same run; the ratio is what holds on a noisy machine. */
export type Figure = {
  name: string
  ours: number
  baseline: number
  baselineName: string
  unit: string
  /** `higher` is better for rates, `lower` for times. */
  better: 'higher' | 'lower'
  /** What the product promises, as a ratio of ours to the baseline or an absolute value in the unit. */
  goal?: { ratio?: number; value?: number }
}

/**
 * Prints one line: name, our figure, the baseline's, the ratio (above 1 is better than the baseline) and the goal. A goal
 * that is missed fails the room, and with it the bench.
 */
export function report(figure: Figure): void {
  const { name, ours, baseline, baselineName, unit, better, goal } = figure
  const ratio = better === 'higher' ? ours / baseline : baseline / ours
  const parts = [
    `${name}: ${short(ours)} ${unit}`,
    `${baselineName} ${short(baseline)} ${unit}`,
    `ratio ${ratio.toFixed(2)}`,
  ]
  if (goal?.ratio !== undefined) parts.push(`goal ≥ ${goal.ratio} ${verdict(ratio >= goal.ratio)}`)
  if (goal?.value !== undefined)
    parts.push(`goal ${better === 'higher' ? '≥' : '≤'} ${goal.value} ${unit} ${verdict(meets(figure))}`)
  process.stdout.write(`${parts.join(' · ')}\n`)
}

/** For a promise that is no figure: prints the text and whether it was kept. */
export function check(text: string, isMet: boolean): void {
  process.stdout.write(`${text} · ${verdict(isMet)}\n`)
}

function verdict(isMet: boolean): string {
  if (!isMet) process.exitCode = 1
  return isMet ? 'met' : 'MISSED'
}

function meets({ ours, better, goal }: Figure): boolean {
  if (goal?.value === undefined) return true
  return better === 'higher' ? ours >= goal.value : ours <= goal.value
}

const short = (value: number) => (value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2))

/** The value below which `share` of them lie, e.g. 0.95; what never came is `Infinity` among them. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN
}
