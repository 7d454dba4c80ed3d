import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: '外部サインインの人',
  text: '外部のサインインで来た人です。名前は本人が付けたものなので、メールアドレスも確かめて役割を付けてください。',
  roleOf: (name: string) => `${name} の役割`,
  none: '役割なし',
  unverified: '未確認のアドレス',
  save: '保存',
  saveOf: (name: string) => `${name} の役割を保存`,
  taken: '役割を外しても、サインイン済みの端末は使えます。「端末」の画面で解除してください。',
}
const en: typeof ja = {
  title: 'People of the outside sign-in',
  text: 'They came by the outside sign-in. People choose their names themselves: look at the mail address too.',
  roleOf: (name) => `Role of ${name}`,
  none: 'No role',
  unverified: 'address not verified',
  save: 'Save',
  saveOf: (name) => `Save the role of ${name}`,
  taken: 'Without a role, devices that are signed in go on. Remove them under “Devices”.',
}

/** Words of the part where people who came by OpenID Connect get their role. */
export const words = dictionary({ ja, en })
