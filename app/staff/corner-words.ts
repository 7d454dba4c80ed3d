import { dictionary } from '../i18n/dictionary.ts'

const ja = {
  corners: 'コーナー',
  gives: 'このパレットを渡す',
  portraits: { ja: '肖像の撮影', en: 'Portraits' },
  portraitsText: 'スキャンした人の写真を撮る',
  given: 'パレットを渡しました',
  had: 'このパレットはもう持っています',
  failed: '渡せませんでした。もう一度お試しください。',
  again: 'もう一度試す',
  undo: '渡したことを取り消す',
  undone: '取り消しました',
  giveAfterAll: 'それでも渡す',
  portrait: '肖像',
  none: 'まだありません',
  here: 'この端末で撮影・送信待ち',
  refused: 'サーバーに受け付けられませんでした。撮り直してください',
  sent: 'サーバーが受け取りました',
  standing: '撮影済み',
  take: '肖像を撮る',
  replace: '撮り直す',
  collected: '集めたパレット',
}
const en: typeof ja = {
  corners: 'Corners',
  gives: 'Gives this palette',
  portraits: { ja: '肖像の撮影', en: 'Portraits' },
  portraitsText: 'Photographs whoever is scanned',
  given: 'Palette given',
  had: 'This team has the palette already',
  failed: 'It could not be given. Please try again.',
  again: 'Try again',
  undo: 'Take it back',
  undone: 'Taken back',
  giveAfterAll: 'Give it after all',
  portrait: 'Portrait',
  none: 'none yet',
  here: 'taken here, not sent yet',
  refused: 'the server did not accept it; take it again',
  sent: 'the server has it',
  standing: 'taken',
  take: 'Take a portrait',
  replace: 'Take another',
  collected: 'Palettes collected',
}

/** Words of corners and portraits; they come with the screens beside scanning. */
export const cornerWords = dictionary({ ja, en })
