/**
 * Every error a person or program can meet, by code: HTTP status and words. A participant reads out bib number and
 * code, and the organizers know what happened. Areas: AUTH sign-in, GATE gateway, FACT contents of facts,
 * FILM photos on their way, FILE files of unsent records, UPLOAD photos in bulk, ENTRY the entry form, PLAN editing, JUDGE decisions, BOARD scoreboards and jobs, SYS the installation.
 */
export const errorTable = {
  'ZK-AUTH-001': { status: 401, en: 'Please sign in again.', ja: 'もう一度サインインしてください。' },
  'ZK-AUTH-002': { status: 403, en: 'You may not do this.', ja: 'この操作は許可されていません。' },
  'ZK-AUTH-003': {
    status: 410,
    en: 'This invitation has been used or has run out. Ask for a new one.',
    ja: 'この招待は使用済みか期限切れです。新しい招待を受け取ってください。',
  },
  'ZK-AUTH-004': { status: 403, en: 'This device has been removed.', ja: 'この端末は登録を解除されました。' },
  'ZK-AUTH-005': {
    status: 429,
    en: 'Too many tries. Wait a moment.',
    ja: '試行が多すぎます。しばらくお待ちください。',
  },
  'ZK-AUTH-006': {
    status: 403,
    en: 'This is not right, or it has run out.',
    ja: '入力が正しくないか、期限が切れています。',
  },
  'ZK-AUTH-007': {
    status: 403,
    en: 'You have no role here yet. An admin can give you one in the console.',
    ja: 'まだ役割がありません。管理者が運営コンソールで役割を付けるとサインインできます。',
  },
  'ZK-AUTH-008': {
    status: 503,
    en: 'The sign-in provider does not answer. Try again, or come in by an invitation.',
    ja: 'サインインの提供元が応答しません。もう一度試すか、招待でサインインしてください。',
  },
  'ZK-AUTH-009': {
    status: 410,
    en: 'All data of this event have been deleted.',
    ja: 'この大会のデータはすべて削除されました。',
  },
  'ZK-AUTH-010': {
    status: 410,
    en: 'All data of this team have been deleted.',
    ja: 'このチームのデータはすべて削除されました。',
  },
  'ZK-GATE-001': { status: 403, en: 'This is not open to devices.', ja: 'この操作は端末からは行えません。' },
  'ZK-GATE-002': {
    status: 410,
    en: 'The server was restored; the app starts again by itself.',
    ja: 'サーバーが復元されました。アプリは自動で同期し直します。',
  },
  'ZK-GATE-003': { status: 413, en: 'This is too large to send.', ja: '送信データが大きすぎます。' },
  'ZK-GATE-004': { status: 403, en: 'This record belongs to another device.', ja: '別の端末の記録です。' },
  'ZK-GATE-005': {
    status: 403,
    en: 'The author was never signed in on this device.',
    ja: 'この端末でサインインしたことのない担当者の記録です。',
  },
  'ZK-GATE-006': { status: 409, en: 'A different record with this id exists.', ja: '同じIDの異なる記録があります。' },
  'ZK-GATE-007': {
    status: 400,
    en: 'A record can be written once and never changed.',
    ja: '記録は一度だけ書き込めます。変更はできません。',
  },
  'ZK-FACT-001': {
    status: 400,
    en: 'The record is not in a form this server knows.',
    ja: '記録の形式がサーバーと合いません。',
  },
  'ZK-FACT-002': { status: 403, en: 'Your role may not record this.', ja: 'この役割では記録できません。' },
  'ZK-FACT-003': { status: 403, en: 'The record belongs to another event.', ja: '別の大会の記録です。' },
  'ZK-FACT-004': {
    status: 429,
    en: 'Too many messages in a short time. Try again in a few minutes.',
    ja: '短い間にメッセージが多すぎます。数分後にもう一度お試しください。',
  },
  'ZK-FILM-001': { status: 404, en: 'The photo’s record has not arrived yet.', ja: '写真の記録がまだ届いていません。' },
  'ZK-FILM-002': {
    status: 400,
    en: 'The piece does not match its checksum; it is sent again.',
    ja: '写真の一部が壊れています。再送します。',
  },
  'ZK-FILM-003': { status: 404, en: 'There is no such picture.', ja: 'この画像はありません。' },
  'ZK-FILM-004': {
    status: 400,
    en: 'The photo that arrived is not the one in its record.',
    ja: '届いた写真が記録と一致しません。',
  },
  'ZK-FILM-005': {
    status: 415,
    en: 'This is no photograph that can be taken: only JPEG, PNG and HEIC can.',
    ja: '取り込める写真ではありません。JPEG・PNG・HEICだけ取り込めます。',
  },
  'ZK-FILM-006': {
    status: 422,
    en: 'The picture’s file is damaged or cut short.',
    ja: '写真のファイルが壊れているか、途中で切れています。',
  },
  'ZK-FILM-007': {
    status: 422,
    en: 'The picture is too large, or too much is packed into its file.',
    ja: '写真が大きすぎるか、ファイルに含まれる情報が多すぎます。',
  },
  'ZK-FILM-008': {
    status: 422,
    en: 'The virus scanner found something in this file. It is locked away.',
    ja: 'ウイルス検査で問題が見つかりました。ファイルは隔離されています。',
  },
  'ZK-FILM-009': {
    status: 503,
    en: 'The virus scanner does not answer. It is tried again.',
    ja: 'ウイルス検査が応答しません。再試行します。',
  },
  'ZK-FILM-010': {
    status: 429,
    en: 'Many photos within an hour. The rest follows by itself.',
    ja: '1時間に送る写真が多すぎます。残りは自動で送られます。',
  },
  'ZK-FILM-011': {
    status: 429,
    en: 'Many pictures within an hour. Try again in a moment.',
    ja: '1時間に送る画像が多すぎます。少し待ってから、もう一度送ってください。',
  },
  'ZK-FILE-001': {
    status: 400,
    en: 'This is no file of records, or a part of it is missing or changed. Save it again on the phone.',
    ja: '記録のファイルではないか、一部が欠けたり変わったりしています。元の端末で保存し直してください。',
  },
  'ZK-FILE-002': {
    status: 403,
    en: 'The file was not signed by the phone that it names.',
    ja: 'ファイルに書かれた端末の署名と一致しません。',
  },
  'ZK-FILE-003': {
    status: 404,
    en: 'No such phone was ever signed in here.',
    ja: 'この端末はここでサインインしたことがありません。',
  },
  'ZK-FILE-004': {
    status: 409,
    en: 'The file is of another server’s data. Only an admin can bring it in, at the console.',
    ja: '別のサーバーのデータで作られたファイルです。管理者だけが運営コンソールから取り込めます。',
  },
  'ZK-UPLOAD-001': {
    status: 429,
    en: 'Ten batches within an hour are the most. Go on with one that is there, or wait.',
    ja: '1時間に作れるバッチは10個までです。今あるバッチに追加するか、しばらくお待ちください。',
  },
  'ZK-UPLOAD-002': {
    status: 409,
    en: 'Photos of this batch are check-ins already. The camera’s clock is corrected before that.',
    ja: 'このバッチの写真はすでに通過記録になっています。カメラの時計は、その前に補正してください。',
  },
  'ZK-PLAN-001': {
    status: 409,
    en: 'Someone else changed this meanwhile. Look at both and save again.',
    ja: '他の人が先に変更しました。内容を確認してもう一度保存してください。',
  },
  'ZK-PLAN-002': { status: 400, en: 'Something in the form is not right.', ja: '入力内容に誤りがあります。' },
  'ZK-PLAN-003': {
    status: 409,
    en: 'The ranking is frozen. Unfreeze it first.',
    ja: '順位は凍結中です。先に解除してください。',
  },
  'ZK-PLAN-004': { status: 404, en: 'There is no such thing in this event.', ja: 'この大会にはありません。' },
  'ZK-PLAN-005': { status: 409, en: 'This number is taken.', ja: 'この番号は使われています。' },
  'ZK-JUDGE-001': { status: 404, en: 'There is no such check-in.', ja: 'この通過記録はありません。' },
  'ZK-JUDGE-002': { status: 409, en: 'Another judge is looking at this one.', ja: '別の審査員が確認中です。' },
  'ZK-ENTRY-001': { status: 403, en: 'Entries are not open now.', ja: '現在、申込は受け付けていません。' },
  'ZK-ENTRY-002': { status: 409, en: 'All places are taken.', ja: '定員に達しました。' },
  'ZK-ENTRY-003': { status: 400, en: 'Something in the entry is not right.', ja: '申込内容に誤りがあります。' },
  'ZK-ENTRY-004': {
    status: 410,
    en: 'This link does not open an entry. Use the newest one, or ask the organizers.',
    ja: 'このリンクでは申込を開けません。最新のリンクを使うか、主催者にお問い合わせください。',
  },
  'ZK-ENTRY-006': { status: 409, en: 'This number is another team’s.', ja: 'この番号は別のチームのものです。' },
  'ZK-ENTRY-005': { status: 410, en: 'This entry was withdrawn.', ja: 'この申込は取り消されています。' },
  'ZK-ENTRY-007': {
    status: 403,
    en: 'Nobody can apply as staff now.',
    ja: '現在、スタッフの応募は受け付けていません。',
  },
  'ZK-ENTRY-008': {
    status: 409,
    en: 'Somebody else has decided otherwise on this application.',
    ja: 'この応募は、他の人が別の決定をしています。',
  },
  'ZK-EXPORT-001': {
    status: 422,
    en: 'Shift_JIS does not have some of the characters. Choose UTF-8, or have them written as numbers.',
    ja: 'Shift_JISで表せない文字があります。UTF-8を選ぶか、文字番号での出力を選んでください。',
  },
  'ZK-BOARD-001': {
    status: 404,
    en: 'This team has no check-ins yet, so there is nothing to put on a scoreboard.',
    ja: 'このチームにはまだ通過記録がないため、成績表を作れません。',
  },
  'ZK-BOARD-002': {
    status: 404,
    en: 'This scoreboard has not been made yet.',
    ja: 'この成績表はまだ作られていません。',
  },
  'ZK-BOARD-003': {
    status: 409,
    en: 'This job has ended already.',
    ja: 'この作業はもう終わっています。',
  },
  'ZK-SYS-001': {
    status: 500,
    en: 'The server has a fault. What you entered is kept.',
    ja: 'サーバーで問題が起きました。入力内容は保存されています。',
  },
  'ZK-SYS-002': {
    status: 503,
    en: 'The database does not answer. It is tried again.',
    ja: 'データベースが応答しません。再試行します。',
  },
  'ZK-SYS-003': { status: 404, en: 'There is nothing here.', ja: '見つかりません。' },
  'ZK-SYS-004': { status: 400, en: 'The request cannot be read.', ja: 'リクエストを読み取れません。' },
  'ZK-SYS-005': {
    status: 409,
    en: 'This process does not run the functions (RUN=web). Ask the one that does.',
    ja: 'このプロセスは処理を行いません（RUN=web）。処理を担当するプロセスで実行してください。',
  },
  'ZK-SYS-006': {
    status: 503,
    en: 'Too much is being printed. Try again in a moment.',
    ja: '印刷が混み合っています。少し待ってもう一度お試しください。',
  },
  'ZK-SYS-007': {
    status: 503,
    en: 'The storage of files does not answer. It is tried again.',
    ja: 'ファイルの保管先が応答しません。再試行します。',
  },
} as const satisfies Record<string, { status: number; en: string; ja: string }>

export type ErrorCode = keyof typeof errorTable

/** What can be wrong with one field of a request; the entry form and imports have further codes of their own. */
export const fieldProblems = [
  'missing',
  'format',
  'number',
  'choice',
  'too-short',
  'too-long',
  'too-low',
  'too-high',
  'too-few',
  'too-many',
  'taken',
  'twice',
  'unknown',
  'unknown-field',
  'before-start',
  'fixed',
  'another',
  'unreadable',
  'role',
] as const
export type FieldProblem = (typeof fieldProblems)[number]

/** One of `figures.fields`, by which every route tells what is wrong: a path such as `rules.radiusMeters`, and a code. */
export type BadField = { field: string; problem: FieldProblem }

/** The one thrown error of the product; callers switch on `code`. */
export class AppError extends Error {
  readonly code: ErrorCode
  readonly figures: Record<string, unknown> | undefined
  constructor(code: ErrorCode, options: { cause?: unknown; figures?: Record<string, unknown> } = {}) {
    super(`${code}: ${errorTable[code].en}`, { cause: options.cause })
    this.name = 'AppError'
    this.code = code
    this.figures = options.figures
  }
}
