import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: '役割を求めている人',
  wishes: (role: string) => `希望：${role}`,
  given: (role: string, state: string) => `${role}・${state}`,
  states: {
    waiting: '応募中',
    declined: 'お断りしました',
    invited: '招待中。まだ使われていません',
    arrived: 'アプリに入りました',
    'run-out': '招待の期限が切れたか、取り消されました',
  },
  invite: '役割を付けて招待',
  inviteOf: (name: string) => `${name} に役割を付けて招待`,
  inviteAgain: 'もう一度招待',
  show: '招待のQRを表示',
  showOf: (name: string) => `${name} の招待を表示`,
  decline: '断る',
  declineOf: (name: string) => `${name} の応募を断る`,
  declineTitle: (name: string) => `${name} さんの応募を断りますか`,
  tell: 'メールで知らせる',
  word: 'ひとこと（任意）',
  text: '外部のサインインで来た人です。名前は本人が付けたものなので、メールアドレスも確かめて役割を付けてください。',
  roleOf: (name: string) => `${name} の役割`,
  none: '役割なし',
  unverified: '未確認のアドレス',
  save: '保存',
  saveOf: (name: string) => `${name} の役割を保存`,
  cut: (shown: string, total: string) =>
    `応募は全部で${total}件あります。未決定のものから、新しい順に${shown}件を表示しています。決定すると続きが表示されます。`,
  taken: '役割を外しても、サインイン済みの端末は使えます。「端末」の画面で解除してください。',
}
const en: typeof ja = {
  title: 'People who ask for a role',
  wishes: (role) => `Wish: ${role}`,
  cut: (shown, total) =>
    `There are ${total} applications. ${shown} are listed: first those nobody has decided on, the newest first. The others follow as these are decided on.`,
  given: (role, state) => `${role}: ${state}`,
  states: {
    waiting: 'Has applied',
    declined: 'Declined',
    invited: 'invited, not here yet',
    arrived: 'is in the app',
    'run-out': 'the invitation ran out or was withdrawn',
  },
  invite: 'Give the role and invite',
  inviteOf: (name) => `Give ${name} the role and invite`,
  inviteAgain: 'Invite again',
  show: 'Show the invitation',
  showOf: (name) => `Show the invitation of ${name}`,
  decline: 'Decline',
  declineOf: (name) => `Decline ${name}`,
  declineTitle: (name) => `Decline the application of ${name}?`,
  tell: 'Tell by email',
  word: 'A word (optional)',
  text: 'They came by the outside sign-in. People choose their names themselves: look at the mail address too.',
  roleOf: (name) => `Role of ${name}`,
  none: 'No role',
  unverified: 'address not verified',
  save: 'Save',
  saveOf: (name) => `Save the role of ${name}`,
  taken: 'Without a role, devices that are signed in go on. Remove them under “Devices”.',
}

/** Words of the part where people who applied, or came by OpenID Connect, get their role. */
export const words = dictionary({ ja, en })
