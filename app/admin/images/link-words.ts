import type { ImageVariant } from '../../../design-docs/access.ts'
import { dictionary } from '../../i18n/dictionary.ts'

const ja = {
  title: 'リンク',
  lead: '写真や成績表を開くリンクのうち、今開けるものです。不審なものはここで取り消せます。',
  pictures: '写真のリンク（一度だけ）',
  picturesText: '作った端末だけが、1分以内に一度だけ開けます。使われたものと期限が切れたものは一覧から消えます。',
  none: '今開ける写真のリンクはありません。',
  variants: {
    thumbnail: '縮小',
    screen: '画面用',
    large: '大',
    painted: '塗り直し',
    recoloured: 'パレットの色',
    clustered: 'パレット',
    original: '元の写真',
  } satisfies Record<ImageVariant, string>,
  team: (number: string) => `チーム${number}の写真`,
  palette: 'パレットの写真',
  until: (at: string) => `${at}まで`,
  revoke: '取り消す',
  revoked: 'リンクを取り消しました。もう開けません。',
  failed: '取り消せませんでした。もう一度試してください。',
  notYours: 'リンクを見て取り消せるのは、管理者と本部だけです。',
}
const en: typeof ja = {
  title: 'Links',
  lead: 'Links to pictures and scoreboards that open now. Any that looks wrong can be revoked here.',
  pictures: 'Links to pictures (once)',
  picturesText:
    'Each opens once, within a minute, on the device that asked for it. Used and expired ones leave this list.',
  none: 'No link to a picture is open now.',
  variants: {
    thumbnail: 'Thumbnail',
    screen: 'For screens',
    large: 'Large',
    painted: 'Painted',
    recoloured: 'In a palette’s colours',
    clustered: 'Palette',
    original: 'Original',
  },
  team: (number) => `Picture of team ${number}`,
  palette: 'Picture of a palette',
  until: (at) => `until ${at}`,
  revoke: 'Revoke',
  revoked: 'The link is revoked. It opens nothing any more.',
  failed: 'It could not be revoked. Try again.',
  notYours: 'Only admins and core staff see and revoke links.',
}

export const linkWords = dictionary({ ja, en })
