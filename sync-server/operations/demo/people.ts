import type { Member } from '../../../design-docs/facts.ts'
import type { Chance } from './chance.ts'

const families = [
  ['佐藤', 'サトウ'],
  ['鈴木', 'スズキ'],
  ['髙﨑', 'タカサキ'],
  ['𠮷田', 'ヨシダ'],
  ['渡邉', 'ワタナベ'],
  ['伊藤', 'イトウ'],
  ['加藤', 'カトウ'],
  ['山田', 'ヤマダ'],
  ['各務', 'カガミ'],
  ['小川', 'オガワ'],
  ['長谷川', 'ハセガワ'],
  ['林', 'ハヤシ'],
  ['後藤', 'ゴトウ'],
  ['丹羽', 'ニワ'],
  ['不破', 'フワ'],
  ['安藤', 'アンドウ'],
  ['棚橋', 'タナハシ'],
  ['村瀬', 'ムラセ'],
] as const
const given = {
  f: [
    ['美咲', 'ミサキ'],
    ['陽菜', 'ヒナ'],
    ['さくら', 'サクラ'],
    ['凛', 'リン'],
    ['千尋', 'チヒロ'],
    ['結衣', 'ユイ'],
    ['彩', 'アヤ'],
  ],
  m: [
    ['翔太', 'ショウタ'],
    ['健', 'ケン'],
    ['大輔', 'ダイスケ'],
    ['蓮', 'レン'],
    ['拓海', 'タクミ'],
    ['一郎', 'イチロウ'],
    ['誠', 'マコト'],
  ],
} as const
const places = ['里山', '長良川', '金華山', '川原町', '鵜飼', '柳ケ瀬', '伊奈波', '飛騨', '郡上', '養老', '関', '揖斐']
const crowds = [
  'ハイカーズ',
  'ランナーズ',
  '探検隊',
  'クラブ',
  '兄弟',
  'レンジャー',
  'ファミリー',
  '同好会',
  'ウォーカーズ',
  'チーム',
]

/** Names of `count` teams, each once. */
export function teamNames(count: number, chance: Chance): string[] {
  const all = places.flatMap((where) => crowds.map((who) => `${where}${who}`))
  return ["O'Brien & 仲間たち", ...chance.shuffle(all)].slice(0, count)
}

/** Two to five people; family and given name are parted by a full-width space, as on the entry form. */
export function teamMembers(chance: Chance): Member[] {
  return Array.from({ length: chance.between(2, 5) }, (_, index) => {
    const gender = chance.next() < 0.5 ? 'f' : 'm'
    const family = chance.pick(families)
    const first = chance.pick<readonly [string, string]>(given[gender])
    return {
      id: `m${index + 1}`,
      name: `${family[0]}\u3000${first[0]}`,
      kana: `${family[1]}\u3000${first[1]}`,
      age: chance.between(9, 68),
      gender,
    }
  })
}
