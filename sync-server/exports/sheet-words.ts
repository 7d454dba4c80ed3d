import type { Reason, VerdictStatus } from '../../design-docs/derived.ts'
import type { CheckinFact } from '../../design-docs/facts.ts'
import type { CheckpointDoc } from '../../design-docs/plan.ts'
import type { ResultStatus } from '../../functions/rules/results-table.ts'

export type ExportLanguage = 'ja' | 'en'

type SheetWords = {
  names: Record<'results' | 'checkins' | 'matrix' | 'legs' | 'checkpoints' | 'awards' | 'photos', string>
  heads: Record<
    | 'class'
    | 'classes'
    | 'place'
    | 'number'
    | 'team'
    | 'kana'
    | 'members'
    | 'net'
    | 'confirmed'
    | 'provisional'
    | 'pending'
    | 'penalty'
    | 'adjustment'
    | 'late'
    | 'checkpoints'
    | 'checkins'
    | 'start'
    | 'finish'
    | 'used'
    | 'state'
    | 'checkpoint'
    | 'checkpointName'
    | 'time'
    | 'received'
    | 'status'
    | 'counts'
    | 'points'
    | 'reasons'
    | 'distance'
    | 'method'
    | 'by'
    | 'device'
    | 'reviewedBy'
    | 'reviewedAt'
    | 'comment'
    | 'photo'
    | 'leg'
    | 'from'
    | 'fromName'
    | 'left'
    | 'to'
    | 'toName'
    | 'reached'
    | 'total'
    | 'straight'
    | 'speed'
    | 'kind'
    | 'name'
    | 'nameEn'
    | 'lat'
    | 'lng'
    | 'radius'
    | 'mustShow'
    | 'file'
    | 'problem',
    string
  >
  results: Record<ResultStatus, string>
  statuses: Record<VerdictStatus, string>
  /** In a cell of the matrix, where a check-in does not count. */
  marks: { PENDING: string; REJECTED: string }
  reasons: Record<Reason, string>
  methods: Record<CheckinFact['method'], string>
  kinds: Record<CheckpointDoc['kind'], string>
  yes: string
  no: string
  comma: string
}

const ja: SheetWords = {
  names: {
    results: '成績',
    checkins: '通過記録',
    matrix: '通過一覧',
    legs: '区間',
    checkpoints: 'チェックポイント',
    awards: '表彰',
    photos: '写真',
  },
  heads: {
    class: 'クラス',
    classes: 'クラス',
    place: '順位',
    number: '番号',
    team: 'チーム名',
    kana: 'フリガナ',
    members: 'メンバー',
    net: '得点',
    confirmed: '確定',
    provisional: '暫定',
    pending: '審査待ち',
    penalty: '減点',
    adjustment: '調整',
    late: '遅刻（分）',
    checkpoints: '通過数',
    checkins: '記録数',
    start: 'スタート',
    finish: 'ゴール',
    used: '所要時間',
    state: '状態',
    checkpoint: 'チェックポイント',
    checkpointName: 'チェックポイント名',
    time: '日時',
    received: '受信日時',
    status: '判定',
    counts: '得点に算入',
    points: '得点',
    reasons: '理由',
    distance: '距離（m）',
    method: '方法',
    by: '記録者',
    device: '端末',
    reviewedBy: '審査員',
    reviewedAt: '審査日時',
    comment: 'コメント',
    photo: '写真',
    leg: '区間',
    from: '出発',
    fromName: '出発地点',
    left: '出発日時',
    to: '到着',
    toName: '到着地点',
    reached: '到着日時',
    total: 'チェックポイント計',
    straight: '直線距離（m）',
    speed: '速さ（km/h）',
    kind: '種類',
    name: '名前',
    nameEn: '英語名',
    lat: '緯度',
    lng: '経度',
    radius: '半径',
    mustShow: '写るもの',
    file: 'ファイル',
    problem: '問題',
  },
  results: {
    placed: '順位あり',
    'no-goal': 'ゴールなし',
    'too-late': '時間超過',
    retired: 'リタイア',
    withdrawn: '棄権',
    disqualified: '失格',
    'not-placed': '順位対象外',
  },
  statuses: { PENDING: '審査待ち', AUTO_APPROVED: '自動承認', APPROVED: '承認', REJECTED: '却下' },
  marks: { PENDING: '待', REJECTED: '×' },
  reasons: {
    ok: '問題なし',
    'no-position': '位置なし',
    'low-accuracy': '位置の精度不足',
    'too-far': '遠すぎる',
    'outside-period': '時間外',
    duplicate: '重複',
    'unknown-checkpoint': '未登録のチェックポイント',
    'cancelled-checkpoint': '中止されたチェックポイント',
    'unknown-team': '未登録のチーム',
    unverified: 'ゼッケン未確認',
    'revoked-bib': '無効のゼッケン',
    'no-photo': '写真なし',
    'after-goal': 'ゴール後',
    'too-fast': '速すぎる',
    'clock-skew': '時計のずれ',
    'late-delivery': '遅れて届いた',
    withdrawn: '棄権後',
  },
  methods: { qr: 'QR', gps: 'GPS', photo: '写真', upload: 'アップロード', manual: '手入力' },
  kinds: { photo: '写真', staffed: '有人', start: 'スタート', goal: 'ゴール' },
  yes: 'はい',
  no: 'いいえ',
  comma: '、',
}

const en: SheetWords = {
  names: {
    results: 'Results',
    checkins: 'Check-ins',
    matrix: 'Matrix',
    legs: 'Legs',
    checkpoints: 'Checkpoints',
    awards: 'Awards',
    photos: 'Photos',
  },
  heads: {
    class: 'Class',
    classes: 'Classes',
    place: 'Place',
    number: 'Number',
    team: 'Team',
    kana: 'Reading',
    members: 'Members',
    net: 'Points',
    confirmed: 'Confirmed',
    provisional: 'Provisional',
    pending: 'Pending',
    penalty: 'Penalty',
    adjustment: 'Adjustment',
    late: 'Late (min)',
    checkpoints: 'Checkpoints',
    checkins: 'Check-ins',
    start: 'Start',
    finish: 'Finish',
    used: 'Time used',
    state: 'State',
    checkpoint: 'Checkpoint',
    checkpointName: 'Checkpoint name',
    time: 'Time',
    received: 'Received',
    status: 'Verdict',
    counts: 'Counts',
    points: 'Points',
    reasons: 'Reasons',
    distance: 'Distance (m)',
    method: 'Method',
    by: 'By',
    device: 'Device',
    reviewedBy: 'Judge',
    reviewedAt: 'Judged',
    comment: 'Comment',
    photo: 'Photo',
    leg: 'Leg',
    from: 'From',
    fromName: 'From (name)',
    left: 'Left',
    to: 'To',
    toName: 'To (name)',
    reached: 'Reached',
    total: 'Checkpoints total',
    straight: 'Straight line (m)',
    speed: 'Speed (km/h)',
    kind: 'Kind',
    name: 'Name',
    nameEn: 'Name en',
    lat: 'Lat',
    lng: 'Lng',
    radius: 'Radius',
    mustShow: 'Must show',
    file: 'File',
    problem: 'Problem',
  },
  results: {
    placed: 'placed',
    'no-goal': 'no finish',
    'too-late': 'over time',
    retired: 'retired',
    withdrawn: 'withdrawn',
    disqualified: 'disqualified',
    'not-placed': 'without a place',
  },
  statuses: { PENDING: 'pending', AUTO_APPROVED: 'approved by the rules', APPROVED: 'approved', REJECTED: 'rejected' },
  marks: { PENDING: 'pending', REJECTED: 'rejected' },
  reasons: {
    ok: 'ok',
    'no-position': 'no position',
    'low-accuracy': 'position not accurate',
    'too-far': 'too far away',
    'outside-period': 'outside the hours',
    duplicate: 'repeated',
    'unknown-checkpoint': 'unknown checkpoint',
    'cancelled-checkpoint': 'cancelled checkpoint',
    'unknown-team': 'unknown team',
    unverified: 'bib not verified',
    'revoked-bib': 'revoked bib',
    'no-photo': 'no photo',
    'after-goal': 'after the finish',
    'too-fast': 'too fast',
    'clock-skew': 'clock off',
    'late-delivery': 'delivered late',
    withdrawn: 'after withdrawal',
  },
  methods: { qr: 'QR', gps: 'GPS', photo: 'photo', upload: 'upload', manual: 'by hand' },
  kinds: { photo: 'photo', staffed: 'staffed', start: 'start', goal: 'finish' },
  yes: 'yes',
  no: 'no',
  comma: ', ',
}

export const sheetWords: Record<ExportLanguage, SheetWords> = { ja, en }
