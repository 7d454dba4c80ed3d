import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  act: 'パスワードを設定',
  title: (team: string) => `${team} のパスワード`,
  text: '参加者アプリに、ゼッケン番号とこのパスワードでサインインできます。前のパスワードは使えなくなります。',
  password: '新しいパスワード',
  hint: '8文字以上',
  short: '8文字以上にしてください。',
  done: 'パスワードを設定しました',
}
const en: typeof ja = {
  act: 'Set the password',
  title: (team) => `Password of ${team}`,
  text: 'With the bib number and this password one can sign in to the team app. The one before it ends.',
  password: 'New password',
  hint: 'At least eight characters',
  short: 'It needs at least eight characters.',
  done: 'The password is set',
}

/** Words of a team's password. */
export const words = dictionary({ ja, en })
