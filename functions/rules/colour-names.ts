import type { Words } from '../../design-docs/primitives.ts'
import { oklabOf, rgbIn } from './oklab.ts'

/** Names that people use without a chart, each with a colour that nobody would call otherwise. */
const named: readonly (readonly [hex: string, ja: string, en: string])[] = [
  ['#000000', '黒', 'black'],
  ['#3c3c3c', '濃い灰色', 'dark grey'],
  ['#808080', '灰色', 'grey'],
  ['#bdbdbd', '薄い灰色', 'light grey'],
  ['#ffffff', '白', 'white'],
  ['#f5efdc', 'クリーム色', 'cream'],
  ['#d9c4a0', 'ベージュ', 'beige'],
  ['#a9784a', '薄い茶色', 'light brown'],
  ['#7a4a22', '茶色', 'brown'],
  ['#46291a', 'こげ茶色', 'dark brown'],
  ['#8e1b1b', '暗い赤', 'dark red'],
  ['#d92424', '赤', 'red'],
  ['#ef6f5e', 'サーモンピンク', 'salmon'],
  ['#f6b7a6', '肌色', 'peach'],
  ['#f08a1c', 'オレンジ', 'orange'],
  ['#b8860b', '山吹茶', 'ochre'],
  ['#f6d32d', '黄色', 'yellow'],
  ['#fbeea0', '薄い黄色', 'light yellow'],
  ['#808019', 'オリーブ', 'olive'],
  ['#a7d129', '黄緑', 'yellow-green'],
  ['#bfe3b0', '薄い緑', 'light green'],
  ['#2f9e44', '緑', 'green'],
  ['#1d4d2b', '深緑', 'dark green'],
  ['#1f8a85', '青緑', 'teal'],
  ['#7fd6cf', 'ミントグリーン', 'mint'],
  ['#35b5d6', '水色', 'sky blue'],
  ['#b9dff0', '薄い水色', 'pale blue'],
  ['#5b8fd6', '明るい青', 'light blue'],
  ['#1f5fc4', '青', 'blue'],
  ['#16284f', '紺', 'navy'],
  ['#5a6b80', '青灰色', 'blue-grey'],
  ['#6b3fa0', '紫', 'purple'],
  ['#b9a3d9', '藤色', 'lavender'],
  ['#3b1f52', '濃い紫', 'dark purple'],
  ['#b0307f', '赤紫', 'magenta'],
  ['#ee82b4', 'ピンク', 'pink'],
  ['#f9d3df', '薄いピンク', 'pale pink'],
]
const places = named.map(([hex, ja, en]) => ({ name: { ja, en }, at: oklabOf(...rgbIn(hex)) }))

/** What a colour is called, for those who hear a palette read out. */
export function colourName(hex: string): Words {
  const [l, a, b] = oklabOf(...rgbIn(hex))
  let least = Number.POSITIVE_INFINITY
  let name: Words = { ja: '', en: '' }
  for (const place of places) {
    // Between colours, hue tells more than lightness: a dark red is a red before it is a brown as dark.
    const far = (place.at[0] - l) ** 2 + 2 * ((place.at[1] - a) ** 2 + (place.at[2] - b) ** 2)
    if (far < least) {
      least = far
      name = place.name
    }
  }
  return name
}
