import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: '参加費の精算',
  lead: '受付で受け取った参加費を、端末と担当者ごとに数えます。あとで別の端末で名前などを直しても、お金は受け取った端末に数えます。',
  reload: '数え直す',
  till: '端末と担当者',
  teams: '受け取ったチーム',
  amount: '金額',
  from: '最初',
  to: '最後',
  sum: '合計',
  fee: '1チームの参加費（任意）',
  feeHint: '金額の計算にだけ使い、保存しません',
  feeBad: '数字で入力してください。',
  unpaid: (n: string) => `未払いのまま受付したチーム（${n}）`,
  absent: (n: string) => `まだ受付していないチーム：${n}`,
  none: 'まだ参加費を受け取っていません',
  noneText: '受付で「参加費を受け取った」にすると、ここに数えられます。',
  numbers: 'チーム番号',
}

const en: typeof ja = {
  title: 'Fees taken',
  lead: 'Fees taken at the reception, by device and person. A correction on another device later moves no money.',
  reload: 'Count again',
  till: 'Device and person',
  teams: 'Teams that paid',
  amount: 'Amount',
  from: 'First',
  to: 'Last',
  sum: 'All',
  fee: 'Fee of a team (optional)',
  feeHint: 'For the amounts alone; it is not kept',
  feeBad: 'Enter a number.',
  unpaid: (n) => `Received without their fee (${n})`,
  absent: (n) => `Not received yet: ${n}`,
  none: 'No fee has been taken yet',
  noneText: 'Whatever is marked as paid at the reception is counted here.',
  numbers: 'Team numbers',
}

export const words = dictionary({ ja, en })
