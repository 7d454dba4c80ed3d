import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: '個人データの削除',
  lead: '求めがあれば、このチームの氏名、連絡先、写真、メッセージ、回答、アカウントを消します。得点、時刻、順位は変わりません。元には戻せません。',
  act: '個人データを削除する…',
  dialog: (team: string) => `${team} の個人データを削除しますか`,
  text: (team: string) =>
    `確認のため、番号「${team}」を入力してください。チームの端末は次に通信したときに控えを消します。`,
  what: '削除されるもの',
  number: '番号',
  wrong: '番号が違います。',
  go: '削除する',
  begun: '削除を始めました',
  failed: (code: string) => `できませんでした（${code}）`,
  states: {
    closing: 'チームの端末を締め出しています',
    removing: '記録、写真、メールから消しています',
    tidying: '成績と端末への控えを作り直し、ファイルを書き直しています',
    done: '削除されました',
  },
  goesOn: 'この画面を閉じても、サーバーが再起動しても続きます。',
  by: (who: string, when: string) => `${who}（${when}）`,
  agreed: '承認',
  doneAt: '完了',
  late: '後から届いた記録',
  lateText: (n: number) => `${n}件（時刻と場所だけを残しました）`,
  digest: '照合用の値',
  proof:
    '証明には件数と照合用の値だけが入っています。ほかの人の端末の古い控え、印刷物、書き出したファイル、バックアップは残ります。',
  save: '証明を保存する',
}

const en: typeof ja = {
  title: 'Personal data',
  lead: 'At the team’s request its names, addresses, photos, messages, answers and account are deleted. Points, times and places stay. It cannot be brought back.',
  act: 'Delete personal data…',
  dialog: (team) => `Delete the personal data of ${team}?`,
  text: (team) =>
    `Type the number “${team}” to confirm. The team’s phones let go of their copies when they next connect.`,
  what: 'What is deleted',
  number: 'Number',
  wrong: 'This is not the team’s number.',
  go: 'Delete',
  begun: 'The deletion has begun',
  failed: (code) => `It did not work (${code})`,
  states: {
    closing: 'The team’s phones are being shut out',
    removing: 'Being taken out of records, photos and mails',
    tidying: 'Results and copies are made anew, files rewritten',
    done: 'Deleted',
  },
  goesOn: 'It goes on when this page is closed, and when the server is started again.',
  by: (who, when) => `${who}, ${when}`,
  agreed: 'Agreed by',
  doneAt: 'Done',
  late: 'Came afterwards',
  lateText: (n) =>
    n === 1
      ? '1 record, of which only time and place were kept'
      : `${n} records, of which only times and places were kept`,
  digest: 'Digest',
  proof:
    'The proof holds counts and a digest, no names. Older copies on other people’s phones, paper, exported files and backups still have what was there.',
  save: 'Save the proof',
}

/** Words of forgetting one team. */
export const words = dictionary({ ja, en })
