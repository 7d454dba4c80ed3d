import type { ErrorCode } from './errors.ts'
import type { Words } from './primitives.ts'

type Help = { cause: Words; remedy: Words }
const help = (cause: [en: string, ja: string], remedy: [en: string, ja: string]): Help => ({
  cause: { en: cause[0], ja: cause[1] },
  remedy: { en: remedy[0], ja: remedy[1] },
})

/** What organizers need when somebody reads out a code: where it comes from and what helps. Each code has its line. */
export const errorHelp: Record<ErrorCode, Help> = {
  'ZK-AUTH-001': help(
    ['The sign-in has ended or was made elsewhere.', 'サインインが切れたか、別の場所で更新されました。'],
    [
      'Give a new invitation, passcode or QR; records stay on the phone.',
      '招待・パスコード・QRを新しく渡します。記録は端末に残ります。',
    ],
  ),
  'ZK-AUTH-002': help(
    ['The role does not include this, or it is another event.', '役割にこの操作がないか、別の大会です。'],
    [
      'Look at role and menus; give another role by an invitation.',
      '役割とメニューを確かめ、必要なら別の役割で招待します。',
    ],
  ),
  'ZK-AUTH-003': help(
    ['An invitation opens one phone once, and not for ever.', '招待は1台に1度だけで、期限があります。'],
    ['Make a new one under “Invitations”.', '「招待」で新しく作ります。'],
  ),
  'ZK-AUTH-004': help(
    ['An admin or the team took this device out.', '管理者かチームがこの端末を解除しました。'],
    [
      'What it handed over waits under “Problems”. Sign it in again as a new device.',
      '預かった記録は「問題」にあります。新しい端末として招待します。',
    ],
  ),
  'ZK-AUTH-005': help(
    [
      'Three wrong codes an hour for a number, or too many asked for.',
      '番号ごとに1時間3回の失敗、または要求のしすぎです。',
    ],
    ['Wait, or let the team in by the QR on its page.', '時間を置くか、チームのページのQRでサインインします。'],
  ),
  'ZK-AUTH-006': help(
    [
      'Passcode, password or number was wrong, or the code is older than ten minutes.',
      'パスコード・パスワード・番号の誤りか、10分を過ぎたコードです。',
    ],
    [
      'Check the number; send a new code, or use the QR on the team’s page.',
      '番号を確かめ、新しいコードかチームのページのQRを使います。',
    ],
  ),
  'ZK-AUTH-007': help(
    ['Signed in at the provider, but no role was given here.', '外部のサインインは済んでいますが、役割がありません。'],
    ['Give a role under “Invitations”.', '「招待」で役割を付けます。'],
  ),
  'ZK-AUTH-008': help(
    [
      'The sign-in provider is down or not reachable from the server.',
      'サインインの提供元が止まっているか、サーバーから届きません。',
    ],
    ['Invite by link meanwhile.', 'その間はリンクで招待します。'],
  ),
  'ZK-AUTH-010': help(
    [
      'The team asked for its data to be deleted, and an admin agreed.',
      'チームの求めにより、管理者がこのチームのデータを削除しました。',
    ],
    ['Nothing can be brought back; the phone lets go of its copy.', '元に戻せません。端末の控えも消えます。'],
  ),
  'ZK-AUTH-009': help(
    [
      'The event’s data were deleted, as its retention date said or an operator did.',
      '保存期限か運営の操作により、この大会のデータは削除されました。',
    ],
    ['Nothing can be brought back; the phone lets go of its copy.', '元に戻せません。端末の控えも消えます。'],
  ),
  'ZK-GATE-001': help(
    ['A program asked for something that devices have no part in.', '端末に開いていない操作が求められました。'],
    ['Update the app; if it stays, report the device’s version.', 'アプリを更新し、続くなら端末の版を報告します。'],
  ),
  'ZK-GATE-002': help(
    ['The server’s data is another than the phone knew.', '端末が知るサーバーのデータと異なります。'],
    ['Nothing: the phone starts again by itself within a minute.', '操作は不要です。1分ほどで自動的に同期し直します。'],
  ),
  'ZK-GATE-003': help(
    ['A record or file is larger than is taken.', '記録かファイルが上限を超えています。'],
    ['Take the photo again smaller; shorten the text.', '写真を小さく撮り直すか、文を短くします。'],
  ),
  'ZK-GATE-004': help(
    ['The record names another device than the one that sent it.', '送った端末と記録の端末が異なります。'],
    [
      'Have it sent from its own device, or by its file of records.',
      '元の端末から送るか、その端末の記録ファイルを使います。',
    ],
  ),
  'ZK-GATE-005': help(
    ['Its author was never signed in on that device.', '記録の担当者がその端末でサインインしたことがありません。'],
    [
      'Ask who recorded it; sign that person in there and try again.',
      '記録した人を確かめ、その端末でサインインして再送します。',
    ],
  ),
  'ZK-GATE-006': help(
    [
      'The id is taken by other contents: a copied phone, or a forgery.',
      '同じIDで内容が異なります。端末の複製か偽造の疑いがあります。',
    ],
    [
      'Compare both on the team’s page; remove the device if in doubt.',
      'チームのページで両方を比べ、疑わしければ端末を解除します。',
    ],
  ),
  'ZK-GATE-007': help(
    ['Something tried to change or delete a record.', '記録の変更か削除が試みられました。'],
    ['Undo with a record of its own; update the app.', '取り消しは別の記録で行います。アプリを更新します。'],
  ),
  'ZK-FACT-001': help(
    [
      'The app is older or newer than the server, or the record is damaged.',
      'アプリとサーバーの版が異なるか、記録が壊れています。',
    ],
    ['Update the app, then “try again”.', 'アプリを更新し「もう一度送る」を押します。'],
  ),
  'ZK-FACT-002': help(
    ['The role was changed, or it is another team’s record.', '役割が変わったか、別のチームの記録です。'],
    ['Have somebody with the right record it at the desk.', '権限のある人が運営コンソールで記録します。'],
  ),
  'ZK-FACT-003': help(
    ['The phone holds records of another event.', '端末に別の大会の記録があります。'],
    ['Sign in to that event on it and let it send.', 'その大会にサインインして送信します。'],
  ),
  'ZK-FACT-004': help(
    ['More than 60 messages at once from one phone.', '1台から一度に60通を超えました。'],
    ['They stay on the phone and go later.', '端末に残り、後で送られます。'],
  ),
  'ZK-FILM-001': help(
    [
      'The photo came before its record, or the record was refused.',
      '写真が記録より先に届いたか、記録が拒否されました。',
    ],
    [
      'It goes by itself once the record is there; look for a refused record.',
      '記録が届けば自動で続きます。拒否された記録を探します。',
    ],
  ),
  'ZK-FILM-002': help(
    ['A piece was changed on its way.', '途中で一部が変わりました。'],
    ['Nothing: it is sent again.', '操作は不要です。自動で再送されます。'],
  ),
  'ZK-FILM-003': help(
    ['The picture was not made yet, or was deleted.', '画像がまだ作られていないか、削除されました。'],
    [
      'Wait for the original; look at the device’s unsent photos.',
      '元の写真を待ちます。端末の未送信の写真を確かめます。',
    ],
  ),
  'ZK-FILM-004': help(
    ['The whole is not what the record says, or no photograph.', '全体が記録と一致しないか、写真ではありません。'],
    ['Photograph again; the check-in itself stands.', '撮り直します。通過の記録は残ります。'],
  ),
  'ZK-FILM-005': help(
    ['By its bytes the file is something else, or a moving picture.', '中身が別の形式か、動く画像です。'],
    [
      'Send a JPEG, PNG or HEIC; the record and its small preview stand.',
      'JPEG・PNG・HEICで送ります。記録と小さな写真は残ります。',
    ],
  ),
  'ZK-FILM-006': help(
    ['The camera or the phone did not write the file whole.', 'カメラや端末がファイルを最後まで書けませんでした。'],
    [
      'Photograph again; the check-in and its small preview stand. Judges see why.',
      '撮り直します。通過の記録と小さな写真は残り、審査員には理由が見えます。',
    ],
  ),
  'ZK-FILM-007': help(
    [
      'Over 10 MB or 60 million pixels, or packed as no camera does.',
      '10 MBか6,000万画素を超えるか、カメラでは作られない形式です。',
    ],
    ['Make it smaller, or save it as a plain JPEG.', '縮小するか、普通のJPEGで保存し直します。'],
  ),
  'ZK-FILM-008': help(
    ['The scanner knows something harmful in the file.', 'ファイルに有害なものが見つかりました。'],
    [
      'Look at the problems in the console: the file is locked away and shown to nobody.',
      '運営コンソールの「問題」を確認します。ファイルは隔離され、誰にも表示されません。',
    ],
  ),
  'ZK-FILM-009': help(
    ['The scanner of CLAMD_URL is down or not reached.', 'CLAMD_URLの検査プログラムが止まっているか、届きません。'],
    [
      'Start it again; what waits is scanned and goes on by itself.',
      '再起動します。待っている写真は自動で検査されて進みます。',
    ],
  ),
  'ZK-FILM-010': help(
    ['A person sent more photos within an hour than anyone takes.', '1時間の送信枚数が上限を超えました。'],
    ['Wait: the phone keeps them and goes on by itself.', '待ちます。端末が保存していて、自動で続きを送ります。'],
  ),
  'ZK-FILM-011': help(
    [
      'A person brought more pictures in the console within an hour than anyone prepares.',
      'コンソールから1時間に送れる画像の数を超えました。',
    ],
    ['Wait half a minute and send it again.', '30秒ほど待ち、もう一度送ります。'],
  ),
  'ZK-FILE-001': help(
    ['The file was cut short, changed, or is something else.', 'ファイルが途中で切れたか、変わったか、別のものです。'],
    ['Save it again on the phone and bring all its parts.', '元の端末で保存し直し、すべてのファイルを持ってきます。'],
  ),
  'ZK-FILE-002': help(
    ['Somebody else’s key signed it, or the file was changed.', '別の鍵で署名されたか、ファイルが変えられました。'],
    [
      'Take it from the phone itself; do not bring in this one.',
      '元の端末から受け取り直し、このファイルは使いません。',
    ],
  ),
  'ZK-FILE-003': help(
    ['The phone signed in elsewhere, or under another server.', 'その端末は別のサーバーでサインインしています。'],
    ['Sign the phone in here and let it send by itself.', 'その端末をここでサインインさせ、直接送ります。'],
  ),
  'ZK-FILE-004': help(
    ['The phone had last met a server with other data.', '端末が最後に接続したのは別のデータのサーバーです。'],
    [
      'After a restore an admin may take it in all the same, at the console.',
      '復元の後なら、管理者が運営コンソールで取り込めます。',
    ],
  ),
  'ZK-UPLOAD-001': help(
    [
      'One account began more than ten batches of photos in an hour.',
      '1つのアカウントが1時間に10個を超えるバッチを始めました。',
    ],
    ['Add the files to a batch that is there; it takes thousands.', '今あるバッチに追加します。数千枚まで入ります。'],
  ),
  'ZK-UPLOAD-002': help(
    ['Records are never changed, so their times stay.', '記録は書き換えられないため、時刻もそのままです。'],
    [
      'Put the remaining files into a new batch and correct the clock there; judges decide on those that are wrong.',
      '残りを新しいバッチに入れて補正します。ずれた記録は審査員が判断します。',
    ],
  ),
  'ZK-PLAN-001': help(
    ['Two people saved the same form.', '2人が同じ設定を保存しました。'],
    ['Compare both and save again.', '両方を比べて保存し直します。'],
  ),
  'ZK-PLAN-002': help(
    ['A field is missing or out of range.', '未入力か範囲外の項目があります。'],
    ['The field itself says what is wrong.', '項目の横の説明に従います。'],
  ),
  'ZK-PLAN-003': help(
    ['The ranking was frozen or published.', '順位は凍結中か公開済みです。'],
    ['Unfreeze it under “Rankings”, then save.', '「順位」で凍結を解除してから保存します。'],
  ),
  'ZK-PLAN-004': help(
    ['The number, device or document is not in this event.', '番号・端末・文書がこの大会にありません。'],
    ['Check the number and the event.', '番号と大会を確かめます。'],
  ),
  'ZK-PLAN-005': help(
    ['The number belongs to something else.', '番号は別のものに使われています。'],
    ['Choose another.', '別の番号を選びます。'],
  ),
  'ZK-JUDGE-001': help(
    ['The check-in was undone or never arrived.', '通過が取り消されたか、まだ届いていません。'],
    ['Look at the team’s page and its phones’ backlog.', 'チームのページと端末の未送信を確かめます。'],
  ),
  'ZK-JUDGE-002': help(
    ['Another judge has it open or has decided.', '別の審査員が開いているか、判定済みです。'],
    ['Take the next one.', '次の項目に進みます。'],
  ),
  'ZK-ENTRY-001': help(
    ['Entries are closed, or not open yet.', '申込の受付前か、締切後です。'],
    [
      'Change the times under “Set-up”, or enter the team at the desk.',
      '「大会設定」で期間を変えるか、本部で登録します。',
    ],
  ),
  'ZK-ENTRY-002': help(
    ['The class or event is full.', 'クラスか大会の定員に達しました。'],
    ['Raise the places, or offer another class.', '定員を増やすか、別のクラスを案内します。'],
  ),
  'ZK-ENTRY-003': help(
    ['A class, answer or name in it is unknown or missing.', '不明なクラスや未入力の項目があります。'],
    ['The form says where; nothing was kept half.', 'フォームの説明に従います。途中の保存はありません。'],
  ),
  'ZK-ENTRY-004': help(
    ['The link is old or cut off.', 'リンクが古いか途中で切れています。'],
    ['Send the reply mail again.', '返信メールを送り直します。'],
  ),
  'ZK-ENTRY-005': help(
    ['The entry was withdrawn by its link or at the desk.', 'リンクか本部で取り消された申込です。'],
    ['Enter again under a new number.', '新しい番号で申し込みます。'],
  ),
  'ZK-ENTRY-006': help(
    ['A program entered another team under this number.', 'この番号には別のチームがいます。'],
    ['Compare both; give one a new number.', '両方を比べ、片方に新しい番号を付けます。'],
  ),
  'ZK-ENTRY-007': help(
    [
      'Applications of staff are switched off, or the event is over.',
      'スタッフの応募が閉じているか、大会が終わりました。',
    ],
    ['Switch them on under Set-up, Entry.', '「設定」の「参加申込」で受け付けます。'],
  ),
  'ZK-ENTRY-008': help(
    ['Two admins decided differently; the first one holds.', '2人の決定が違い、先の決定が有効です。'],
    ['Load the list again; withdraw an invitation if need be.', '一覧を読み直し、必要なら招待を取り消します。'],
  ),
  'ZK-EXPORT-001': help(
    ['A name has a character such as 𠮷, which Shift_JIS lacks.', '𠮷などShift_JISにない文字が名前にあります。'],
    ['Export as UTF-8 or Excel.', 'UTF-8かExcelで書き出します。'],
  ),
  'ZK-BOARD-001': help(
    ['No check-in of this team has arrived.', 'このチームの通過記録がまだ届いていません。'],
    ['Look whether phones still have unsent records.', '未送信の記録が端末に残っていないか確かめます。'],
  ),
  'ZK-BOARD-002': help(
    ['Nobody has asked for it yet.', 'まだ作成していません。'],
    ['Make it on the team’s page.', 'チームのページで作成します。'],
  ),
  'ZK-BOARD-003': help(
    ['It was done or cancelled meanwhile.', 'すでに完了したか、中止されています。'],
    ['Load the list again.', '一覧を読み直します。'],
  ),
  'ZK-SYS-001': help(
    ['A fault of the program; the server’s log has it.', 'プログラムの不具合です。サーバーの記録にあります。'],
    ['Try again; report time and code.', 'もう一度試し、時刻とコードを報告します。'],
  ),
  'ZK-SYS-002': help(
    ['The database was restarted or is full.', 'データベースの再起動か、空き不足です。'],
    ['Look at disk space; phones try again by themselves.', '空き容量を確かめます。端末は自動で再試行します。'],
  ),
  'ZK-SYS-003': help(
    [
      'The address leads nowhere, or the team has no data yet.',
      'アドレスの先がないか、チームのデータがまだありません。',
    ],
    ['Open the app from its icon or link again.', 'アイコンかリンクから開き直します。'],
  ),
  'ZK-SYS-004': help(
    ['The request was damaged or of another version.', '要求が壊れているか、版が異なります。'],
    ['Update the app.', 'アプリを更新します。'],
  ),
  'ZK-SYS-005': help(
    ['This server only serves; another runs the functions.', 'このサーバーは配信のみで、処理は別のサーバーです。'],
    ['Ask the other one.', '処理を担うサーバーで行います。'],
  ),
  'ZK-SYS-006': help(
    ['Many sheets are being drawn.', '多くの印刷が進んでいます。'],
    ['Wait a moment.', '少し待ちます。'],
  ),
  'ZK-SYS-007': help(
    [
      'The folder or bucket of STORAGE_URL is full, away, or refuses us; photos wait on the phones.',
      'STORAGE_URLのフォルダーまたはバケットが満杯か、つながらないか、拒否しています。写真は端末に残ります。',
    ],
    [
      'Look at /health and the server’s log, and put it right; nothing else has to be done.',
      '/healthとサーバーのログを確かめて直します。あとは自動で再開します。',
    ],
  ),
}
