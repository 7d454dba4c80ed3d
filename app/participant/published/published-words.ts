import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: '公開された順位',
  place: (name: string, place: string, teams: string) => `${name}：${place}位（${teams}チーム中）`,
  none: (name: string) => `${name}：順位なし`,
  overall: '総合',
  asOf: (time: string) => `${time}時点`,
  protests: (time: string) => `判定への質問は${time}まで、チャットで受け付けます。`,
}
const en: typeof ja = {
  title: 'Published places',
  place: (name, place, teams) => `${name}: place ${place} of ${teams}`,
  none: (name) => `${name}: no place`,
  overall: 'Overall',
  asOf: (time) => `As of ${time}`,
  protests: (time) => `Ask about decisions in the chat until ${time}.`,
}

export const words = dictionary({ ja, en })
