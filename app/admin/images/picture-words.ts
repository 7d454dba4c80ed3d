import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  open: (what: string) => `${what}を大きく見る`,
  fetching: '写真を取得しています…',
  failed: 'この写真を取得できませんでした。',
  again: 'もう一度',
  unshown: 'このブラウザーでは、この形式のファイルを表示できません。保存すれば開けます。',
  save: '保存する',
  close: '閉じる',
  both: '2枚を大きく見る',
}
const en: typeof ja = {
  open: (what) => `${what}: look at it in full size`,
  fetching: 'Fetching the picture…',
  failed: 'This picture could not be fetched.',
  again: 'Try again',
  unshown: 'This browser shows no files of this kind. Saved, it can be opened.',
  save: 'Save',
  close: 'Close',
  both: 'Look at both in full size',
}

/** Words of pictures in full size at the console. */
export const pictureWords = dictionary({ ja, en })
