import { dictionary } from '../i18n/dictionary.ts'

const ja = {
  start: (issuer: string) => `${issuer} でサインイン`,
  going: '移動しています…',
  checking: 'サインインしています…',
  silent: 'サインインの提供元に接続できません。もう一度試すか、招待でサインインしてください。',
  over: 'サインインできませんでした。もう一度始めてください。',
  waiting:
    'まだ役割がありません。管理者が運営コンソールの「招待」で役割を付けると、サインインできます。付いたらもう一度お試しください。',
  otherApp: 'あなたの役割ではこのアプリを使えません。',
  removed: 'この端末は登録を解除されました。',
  tooMany: '試行が多すぎます。しばらくお待ちください。',
}
const en: typeof ja = {
  start: (issuer) => `Sign in with ${issuer}`,
  going: 'Taking you there …',
  checking: 'Signing in …',
  silent: 'The sign-in provider cannot be reached. Try again, or come in by an invitation.',
  over: 'The sign-in did not work. Please start again.',
  waiting:
    'You have no role yet. An admin can give you one in the console, under “Invitations”. Try again once they have.',
  otherApp: 'This app is not for your role.',
  removed: 'This device has been removed.',
  tooMany: 'Too many tries. Wait a moment.',
}

/** Words of the sign-in by OpenID Connect. */
export const words = dictionary({ ja, en })
