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
const places = [
  ['里山', 'サトヤマ'],
  ['長良川', 'ナガラガワ'],
  ['金華山', 'キンカザン'],
  ['川原町', 'カワラマチ'],
  ['鵜飼', 'ウカイ'],
  ['柳ケ瀬', 'ヤナガセ'],
  ['伊奈波', 'イナバ'],
  ['飛騨', 'ヒダ'],
  ['郡上', 'グジョウ'],
  ['養老', 'ヨウロウ'],
  ['関', 'セキ'],
  ['揖斐', 'イビ'],
] as const
const crowds = [
  ['ハイカーズ', 'ハイカーズ'],
  ['ランナーズ', 'ランナーズ'],
  ['探検隊', 'タンケンタイ'],
  ['クラブ', 'クラブ'],
  ['兄弟', 'キョウダイ'],
  ['レンジャー', 'レンジャー'],
  ['ファミリー', 'ファミリー'],
  ['同好会', 'ドウコウカイ'],
  ['ウォーカーズ', 'ウォーカーズ'],
  ['チーム', 'チーム'],
] as const

/** Names of `count` teams with their readings, each once. */
export function teamNames(count: number, chance: Chance): { name: string; kana: string }[] {
  const all = places.flatMap((where) =>
    crowds.map((who) => ({ name: `${where[0]}${who[0]}`, kana: `${where[1]}${who[1]}` })),
  )
  const foreign = { name: "O'Brien & 仲間たち", kana: 'オブライエンアンドナカマタチ' }
  return [foreign, ...chance.shuffle(all)].slice(0, count)
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
