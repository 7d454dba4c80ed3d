import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: 'あなたのパスキー',
  text: 'この端末の指紋や顔、画面ロックで、次から招待なしでサインインできます。',
  none: 'まだありません。',
  label: '名前',
  device: 'この端末',
  make: 'パスキーを作る',
  made: 'パスキーを作りました',
  madeAt: (time: string) => `作成 ${time}`,
  usedAt: (time: string) => `最終使用 ${time}`,
  remove: '削除',
  removeOf: (label: string) => `${label} を削除`,
  removed: '削除しました',
  stopped: '端末で取り消されたか、時間切れです。',
  twice: 'この端末のパスキーはもうあります。',
  cannot: 'このブラウザまたはアドレスではパスキーを使えません。https の、名前のあるアドレスで開いてください。',
  offline: 'サーバーに接続できません。',
  refused: (code: string) => `受け付けられませんでした。エラーコード ${code}`,
  enter: 'パスキーでサインイン',
}
const en: typeof ja = {
  title: 'Your passkeys',
  text: 'Sign in next time with this device’s fingerprint, face or screen lock, without an invitation.',
  none: 'None yet.',
  label: 'Name',
  device: 'This device',
  make: 'Make a passkey',
  made: 'Passkey made',
  madeAt: (time) => `Made ${time}`,
  usedAt: (time) => `Last used ${time}`,
  remove: 'Remove',
  removeOf: (label) => `Remove ${label}`,
  removed: 'Removed',
  stopped: 'Cancelled on the device, or too late.',
  twice: 'This device has a passkey already.',
  cannot: 'Passkeys do not work in this browser or at this address. Open the https address that has a name.',
  offline: 'The server cannot be reached.',
  refused: (code) => `Not accepted. Error code ${code}`,
  enter: 'Sign in with a passkey',
}

/** Words of signing in with a key of one's own device. */
export const words = dictionary({ ja, en })
