import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: '代理人',
  text: '電話のないチームに代わって記録する人です。IDとパスワードで何度でもサインインできます。',
  name: '名前',
  teams: '担当するゼッケン番号',
  teamsHint: '読点、カンマ、空白で区切ります。',
  needed: '名前と番号を入力してください。',
  make: '代理人を追加',
  made: (name: string) => `${name} のIDとパスワード`,
  once: 'パスワードはこの画面でしか表示されません。書き留めて本人に渡してください。',
  id: 'ID',
  secret: 'パスワード',
  done: '閉じる',
  none: '代理人はいません。',
  remove: '削除',
  removeOf: (name: string) => `${name} を削除`,
  removeTitle: (name: string) => `${name} のIDを削除しますか`,
  removeText: 'このIDではサインインできなくなります。サインイン済みの端末は「端末」の画面で解除してください。',
}
const en: typeof ja = {
  title: 'Agents',
  text: 'They record for teams that have no phone, and sign in by id and password as often as they need.',
  name: 'Name',
  teams: 'Bib numbers they act for',
  teamsHint: 'With commas or spaces between.',
  needed: 'Enter a name and at least one number.',
  make: 'Add an agent',
  made: (name) => `Id and password of ${name}`,
  once: 'The password is shown here and nowhere else. Write it down for them.',
  id: 'Id',
  secret: 'Password',
  done: 'Close',
  none: 'There are no agents.',
  remove: 'Remove',
  removeOf: (name) => `Remove ${name}`,
  removeTitle: (name) => `Remove the id of ${name}?`,
  removeText: 'Nobody can sign in with it any more. Devices that are signed in are removed under “Devices”.',
}

/** Words of the part where agents are made. */
export const words = dictionary({ ja, en })
