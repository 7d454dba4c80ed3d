import { dictionary } from '../i18n/dictionary.ts'

const ja = {
  title: (team: string) => `${team} のサインイン`,
  text: '参加者のスマートフォンのカメラで読み取ってもらってください。1回だけ使えます。',
  qr: 'サインイン用のQRコード',
  code: '読み取れないときの招待コード',
  left: (minutes: number, seconds: string) => `あと ${minutes}:${seconds}`,
  over: '期限が切れました。',
  making: '作成しています',
  again: '新しく作る',
  retry: 'もう一度試す',
  offline: 'サーバーに接続できません。サインイン用のQRコードは、電波のある場所でだけ作れます。',
  refused: (code: string) => `作成できませんでした。エラーコード ${code}`,
  close: '閉じる',
}
const en: typeof ja = {
  title: (team) => `Sign-in for ${team}`,
  text: 'Let the participant read this with the phone’s camera. It works once.',
  qr: 'QR code to sign in',
  code: 'Invitation code, where the camera cannot read it',
  left: (minutes, seconds) => `${minutes}:${seconds} left`,
  over: 'It has run out.',
  making: 'It is being made',
  again: 'Make another one',
  retry: 'Try again',
  offline: 'The server cannot be reached. A QR code to sign in can be made only where there is a signal.',
  refused: (code) => `It could not be made. Error code ${code}`,
  close: 'Close',
}

/** Words of the one-time sign-in at the reception, which come only where it is made. */
export const words = dictionary({ ja, en })
