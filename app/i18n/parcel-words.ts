import { dictionary } from './dictionary.ts'

const ja = {
  save: '未送信の記録をファイルに保存',
  saveText:
    '電波が戻らないときに、記録と写真をファイルで持ち出せます。この端末の記録はそのまま残り、後で送っても重複しません。',
  nothing: '未送信の記録はありません。',
  make: (facts: number, photos: number) => `ファイルを作る（記録${facts}件・写真${photos}枚）`,
  making: '作成中…',
  failed: 'ファイルを作れませんでした。もう一度お試しください。',
  fileOf: (file: number, files: number) => `${files}個中${file}個目`,
  keep: '保存',
  keepOf: (name: string) => `${name} を保存`,
  share: '共有',
  shareOf: (name: string) => `${name} を共有`,
  saved: '保存しました',
  next: 'ほかの端末の「同期」画面か、運営コンソールの「記録ファイル」で取り込んでください。ファイルには参加者の記録と写真が入っています。',
  carry: 'ほかの端末のファイルを運ぶ',
  carryText: '受け取ったファイルを選ぶと、この端末がつながったときにサーバーへ届けます。署名はサーバーが確かめます。',
  choose: 'ファイルを選ぶ',
  refusedFiles: {
    broken: 'このファイルは記録のファイルではないか、一部が欠けています。元の端末で保存し直してください。',
    'other-event': '別の大会のファイルです。',
    own: 'この端末のファイルです。つながれば自動で送られます。',
  },
  recordsAndPhotos: (facts: number, photos: number) => `記録${facts}件・写真${photos}枚`,
  states: { waiting: '未送信', 'handed-in': '届けました', refused: '受け取られません' },
  outcome: (counts: { new: number; known: number; waits: number; refused: number; photosRefused: number }) =>
    [
      `新規${counts.new}件`,
      counts.known ? `登録済み${counts.known}件` : '',
      counts.waits ? `確認待ち${counts.waits}件` : '',
      counts.refused ? `不可${counts.refused}件` : '',
      counts.photosRefused ? `写真の不可${counts.photosRefused}枚` : '',
    ]
      .filter(Boolean)
      .join('・'),
  codeOf: (code: string) => `運営にこのコードを伝えてください：${code}`,
  deliver: '今すぐ届ける',
  delivering: '送信中…',
  notReached: 'サーバーにつながりません。つながったときに届けます。',
  remove: '一覧から消す',
  removeOf: (name: string) => `${name} を一覧から消す`,
  removeTitle: 'まだ届けていません。消しますか',
  removeText: '元の端末に記録が残っていなければ、この記録は失われます。',
  removeYes: '消す',
  cancel: 'やめる',
  nameless: '名前のない端末',
  // The console's page.
  title: '記録ファイル',
  lead: '電波の届かない端末が保存したファイル（.zekken）を、ここに置くか選んでください。取り込む前に内容を確認できます。',
  drop: 'ここにファイルを置く',
  reading: '読み取り中…',
  from: '端末',
  holders: '担当者',
  made: '保存',
  fileNumber: 'ファイル',
  removedDevice: '登録を解除した端末です。記録は「問題」画面で確認してから有効になります。',
  take: '取り込む',
  taking: (done: number, all: number) => (all === 0 ? '取り込み中…' : `取り込み中…（写真 ${done}/${all}）`),
  taken: '取り込みました',
  close: '閉じる',
  despite: '別のサーバーのデータとして取り込む',
  despiteText:
    'このファイルは別のサーバーにつながっていた端末のものです。復元や機器の入れ替えの後だけ取り込んでください。',
  record: '記録',
  team: 'ゼッケン',
  time: '時刻',
  result: '結果',
  willBe: { new: '新規', known: '登録済み', waits: '確認待ち', refused: '不可' },
  photos: '写真',
  photosOf: (stored: number, missing: number, refused: number) =>
    [`保存済み${stored}枚`, missing ? `未登録${missing}枚` : '', refused ? `不可${refused}枚` : '']
      .filter(Boolean)
      .join('・'),
  brought: 'これまでに取り込んだファイル',
  broughtBy: (name: string) => `${name} が取り込み`,
  toProblems: '問題を開く',
  offline: 'サーバーにつながりません。もう一度お試しください。',
}

const en: typeof ja = {
  save: 'Unsent records as a file',
  saveText:
    'Where no signal comes back, records and photos can leave this phone in a file. They stay here as well, and sent later they are not there twice.',
  nothing: 'Nothing is unsent.',
  make: (facts, photos) => `Make the file (records ${facts}, photos ${photos})`,
  making: 'Making it…',
  failed: 'The file could not be made. Try again.',
  fileOf: (file, files) => `File ${file} of ${files}`,
  keep: 'Save',
  keepOf: (name) => `Save ${name}`,
  share: 'Share',
  shareOf: (name) => `Share ${name}`,
  saved: 'Saved',
  next: 'Bring it in on another phone’s “Sync” screen, or at the console under “Record files”. It holds records and photos of participants.',
  carry: 'Carry files of other phones',
  carryText:
    'Choose a file that you were given: this phone brings it to the server when it can. The server checks its signature.',
  choose: 'Choose files',
  refusedFiles: {
    broken: 'This is no file of records, or a part of it is missing. Save it again on the phone it came from.',
    'other-event': 'This file is of another event.',
    own: 'This file is this phone’s own. Its records go by themselves once it is online.',
  },
  recordsAndPhotos: (facts, photos) => `records ${facts}, photos ${photos}`,
  states: { waiting: 'Unsent', 'handed-in': 'Brought', refused: 'Not accepted' },
  outcome: (counts) =>
    [
      `new ${counts.new}`,
      counts.known ? `known ${counts.known}` : '',
      counts.waits ? `to be confirmed ${counts.waits}` : '',
      counts.refused ? `refused ${counts.refused}` : '',
      counts.photosRefused ? `photos refused ${counts.photosRefused}` : '',
    ]
      .filter(Boolean)
      .join(', '),
  codeOf: (code) => `Tell the organizers this code: ${code}`,
  deliver: 'Bring them now',
  delivering: 'Sending…',
  notReached: 'The server cannot be reached. They go when it can.',
  remove: 'Remove',
  removeOf: (name) => `Remove ${name} from the list`,
  removeTitle: 'It has not been brought yet. Remove it?',
  removeText: 'If the phone it came from no longer has these records, they are lost.',
  removeYes: 'Remove',
  cancel: 'Cancel',
  nameless: 'Phone without a name',
  title: 'Record files',
  lead: 'Put here, or choose, a file (.zekken) that was saved on a phone without signal. You see what is in it before anything is taken in.',
  drop: 'Put files here',
  reading: 'Reading…',
  from: 'Phone',
  holders: 'Used by',
  made: 'Saved',
  fileNumber: 'File',
  removedDevice: 'This phone was removed: its records count once they are accepted under “Problems”.',
  take: 'Take in',
  taking: (done, all) => (all === 0 ? 'Taking in…' : `Taking in… (photo ${done} of ${all})`),
  taken: 'Taken in',
  close: 'Close',
  despite: 'Take it in as another server’s data',
  despiteText:
    'The phone was connected to another server. Take this in only after a restore, or after the server was replaced.',
  record: 'Record',
  team: 'Bib',
  time: 'Time',
  result: 'Result',
  willBe: { new: 'New', known: 'Known', waits: 'To be confirmed', refused: 'Refused' },
  photos: 'Photos',
  photosOf: (stored, missing, refused) =>
    [`stored ${stored}`, missing ? `not here ${missing}` : '', refused ? `refused ${refused}` : '']
      .filter(Boolean)
      .join(', '),
  brought: 'Files taken in so far',
  broughtBy: (name) => `by ${name}`,
  toProblems: 'Open the problems',
  offline: 'The server cannot be reached. Try again.',
}

/** Words of the files of unsent records, which come with their screens. */
export const words = dictionary({ ja, en })
