import type { WishedRole } from '../../design-docs/applications.ts'
import { dictionary } from './dictionary.ts'

const ja = {
  title: 'スタッフ応募',
  loading: '応募フォームを読み込んでいます',
  noForm: '応募できる大会がありません',
  noFormText: 'リンクを確かめてください。この大会はスタッフの応募を受け付けていないこともあります。',
  closed: 'スタッフの応募は終了しました',
  closedText: 'ご質問は主催者へお問い合わせください。',
  you: 'あなたについて',
  name: '氏名',
  nameHint: '姓と名の間に空白を入れてください。',
  kana: '氏名のよみ',
  work: '希望',
  wish: '希望する役割',
  wishHint: '役割は主催者が決めます。',
  wishes: {
    staff: 'スタッフ（受付、チェックポイントなど）',
    core: '本部スタッフ',
    corner: 'コーナー担当',
    judge: '審査員（通過写真の確認）',
  } as Record<WishedRole, string>,
  about: 'やってみたいこと、経験など',
  aboutHint: (n: string) => `500文字まで（今 ${n} 文字）。`,
  consent: '個人情報の扱い',
  consentText:
    '書いた内容を、主催者がスタッフの手配のために保存し、使うことに同意します。参加者やほかのスタッフの端末には届きません。',
  agree: '同意します',
  send: '応募する',
  received: '応募を受け付けました',
  receivedText: 'スタッフをお願いするときは、メールで招待が届きます。',
  receivedName: (name: string) => `${name} さんの応募です。`,
  another: '別の人が応募する',
}
const en: typeof ja = {
  title: 'Apply as staff',
  loading: 'Fetching the form',
  noForm: 'There is no event to apply to here',
  noFormText: 'Check the link. It may also be that this event takes no applications of staff.',
  closed: 'Applications are closed',
  closedText: 'Ask the organizers if you have a question.',
  you: 'About you',
  name: 'Name',
  nameHint: 'Family name, a space, given name.',
  kana: 'Reading of the name',
  work: 'What you would like to do',
  wish: 'Role you wish for',
  wishHint: 'The organizers decide on roles.',
  wishes: {
    staff: 'Staff (reception, checkpoints and so on)',
    core: 'Core staff at headquarters',
    corner: 'Corner staff',
    judge: 'Judge (looks at check-in photos)',
  },
  about: 'What you would like to do, experience',
  aboutHint: (n) => `Up to 500 characters (now ${n}).`,
  consent: 'Your data',
  consentText:
    'I agree that the organizers keep what I have written and use it to find staff. It reaches no device of participants or other staff.',
  agree: 'I agree',
  send: 'Apply',
  received: 'We have your application',
  receivedText: 'If the organizers take you on, an invitation comes by email.',
  receivedName: (name) => `It is the application of ${name}.`,
  another: 'Somebody else applies',
}

/** Words of the form of those who apply as staff, which come only where it does. */
export const words = dictionary({ ja, en })
