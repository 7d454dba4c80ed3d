import type { SettingKey } from '../../../design-docs/settings.ts'
import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  text: '大会の途中でも変えられます。端末とサーバーは数秒で従い、電波のない端末はつながったときに従います。',
  settings: {
    'contact.phone': ['本部の電話番号', '助けを呼ぶ画面に出ます。空なら出ません。'],
    'jobs.kept': [
      '作業の記録を残す期間',
      '終わった作業の記録と、まとめたPDFやZIP、開けなくなったリンクは、この日数の後に消えます。チームごとの成績表は残ります。',
    ],
    'photo.side': ['写真の長辺', '端末が保存して送る写真の大きさです。小さいほど早く届きます。'],
    'portrait.style': ['肖像の塗り方', '集めたパレットの色でどう塗るかです。変えるとすべての肖像が塗り直されます。'],
    'return.before': ['戻るよう促す時刻', '制限時間のこの時間前から、チームの画面で戻るよう促します。'],
  } satisfies Record<SettingKey, [string, string]>,
  units: { px: 'ピクセル', min: '分前', day: '日' },
  choices: { blend: 'なめらかに混ぜる', dots: '細かい点で描く', flat: 'いちばん近い色で塗る' } as Record<
    string,
    string
  >,
  label: (title: string, unit: string) => `${title}（${unit}）`,
  from: (name: string) => `${name} が設定`,
  product: '初期値のまま',
  save: '保存',
  saved: '保存しました',
  reset: '初期値に戻す',
  clash: '他の人が先に変更しました。最新の内容を読み込みました。',
  adminsOnly: '管理者だけが見られます。',
  problems: {
    format: '電話番号の形が正しくありません（数字、＋、ハイフン、かっこ）。',
    number: '整数を入力してください。',
    'too-low': '小さすぎます。',
    'too-high': '大きすぎます。',
  },
}
const en: typeof ja = {
  text: 'These can be changed during the event. Phones and servers follow within seconds, a phone with no signal once it has one.',
  settings: {
    'contact.phone': ['Telephone of headquarters', 'Shown to whoever calls for help; not shown while it is empty.'],
    'jobs.kept': [
      'Work is kept',
      'So long after it ended, its record, merged PDFs and ZIPs, and links that open nothing any more are removed. Each team keeps its scoreboard.',
    ],
    'photo.side': ['Longer side of photos', 'As phones keep and send them. Smaller ones arrive sooner.'],
    'portrait.style': [
      'Style of portraits',
      'How they are painted in the colours collected. A change paints all of them anew.',
    ],
    'return.before': ['Told to turn back', 'So long before its limit a team is told to turn back.'],
  },
  units: { px: 'pixels', min: 'minutes before', day: 'days' },
  choices: { blend: 'Blended smoothly', dots: 'In fine dots', flat: 'The nearest colour' },
  label: (title, unit) => `${title} (${unit})`,
  from: (name) => `set by ${name}`,
  product: 'as delivered',
  save: 'Save',
  saved: 'Saved',
  reset: 'Back to the first value',
  clash: 'Someone else changed this meanwhile. The newest state is shown.',
  adminsOnly: 'Only admins can see this.',
  problems: {
    format: 'This is no telephone number (digits, plus, hyphens, brackets).',
    number: 'Enter a whole number.',
    'too-low': 'Too small.',
    'too-high': 'Too large.',
  },
}

/** Words of the part where what phones and servers follow is set. */
export const words = dictionary({ ja, en })
