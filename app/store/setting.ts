import { type SettingKey, type SettingValue, settingId, settingValue } from '../../design-docs/settings.ts'
import type { Store } from './types.ts'

/** What a setting says on this phone now; whoever draws with it is drawn again when the event changes it. */
export const settingOf = <K extends SettingKey>({ mirrors }: Pick<Store, 'mirrors'>, key: K): SettingValue<K> =>
  settingValue(key, mirrors.board.docs.value.get(settingId(key)))
