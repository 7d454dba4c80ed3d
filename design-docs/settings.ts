/**
 * The settings that there are. An event's own values are documents `setting:<key>` in `desk`; running servers and phones follow
 * a change. Where nobody has said otherwise, and where a value does not fit, the one given here holds.
 */
type SettingSpec = { onDevice: boolean } & (
  | { kind: 'number'; unit: 'px' | 'min' | 'day'; min: number; max: number; value: number }
  | { kind: 'phone'; value: string }
  | { kind: 'choice'; values: readonly string[]; value: string }
)

export const settings = {
  /** Headquarters by telephone, shown to whoever calls for help. */
  'contact.phone': { kind: 'phone', value: '', onDevice: true },
  /** So long after it ended, work in the background goes with what it put together, and links that open nothing any more. */
  'jobs.kept': { kind: 'number', unit: 'day', min: 1, max: 730, value: 60, onDevice: false },
  /** The longer side of a photo as a phone keeps and sends it. */
  'photo.side': { kind: 'number', unit: 'px', min: 640, max: 4096, value: 1920, onDevice: true },
  /** How portraits are painted in the colours of palettes. */
  'portrait.style': { kind: 'choice', values: ['blend', 'dots', 'flat'], value: 'blend', onDevice: false },
  /** From so long before its limit a team is told to turn back. */
  'return.before': { kind: 'number', unit: 'min', min: 0, max: 240, value: 20, onDevice: true },
} as const satisfies Record<string, SettingSpec>

export type SettingKey = keyof typeof settings
export type SettingValue<K extends SettingKey> = (typeof settings)[K]['kind'] extends 'number' ? number : string
export const settingKeys = Object.keys(settings) as SettingKey[]
export const settingId = (key: SettingKey): string => `setting:${key}`

/** As people write telephone numbers: digits in groups, a plus sign before the country. */
const phoneForm = /^(?:\+?[0-9][0-9 ()-]{1,24})?$/

/** Why this setting may not have a value; null when it may. */
export function settingProblem(key: SettingKey, value: unknown): 'format' | 'number' | 'too-low' | 'too-high' | null {
  const spec: SettingSpec = settings[key]
  if (spec.kind === 'phone') return typeof value === 'string' && phoneForm.test(value) ? null : 'format'
  if (spec.kind === 'choice') return spec.values.some((one) => one === value) ? null : 'format'
  if (!Number.isInteger(value)) return 'number'
  return (value as number) < spec.min ? 'too-low' : (value as number) > spec.max ? 'too-high' : null
}

/** What holds: the event's own value, else the one of the table. */
export function settingValue<K extends SettingKey>(
  key: K,
  doc: { [field: string]: unknown } | null | undefined,
): SettingValue<K> {
  const value = settingProblem(key, doc?.value) === null ? doc?.value : settings[key].value
  return value as SettingValue<K>
}
