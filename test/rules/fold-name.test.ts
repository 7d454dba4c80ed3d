import { describe, expect, test } from 'vitest'
import { foldName } from '../../functions/rules/fold-name.ts'
import { NameIndex } from '../../functions/rules/name-index.ts'

describe('the key of a name', () => {
  test.each([
    ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダ　タロウ'],
    ['やまだたろう', 'ヤマダ　タロウ'],
    ['Ｔｅａｍ　Ａ', 'team a'],
    ['髙橋', '高橋'],
    ['山﨑', '山崎'],
    ['𠮷田', '吉田'],
    ['渡邊', '渡辺'],
    ['渡邉', '渡辺'],
    ['齋藤', '斎藤'],
    ['葛\u{e0100}城', '葛城'],
    ['ジョン・スミス', 'ジョンスミス'],
    ['がぎぐ', 'か\u3099き\u3099く\u3099'],
    ['オー・ハラ', 'おはら'],
    ['ゔぁ', 'ヴァ'],
  ])('[NM1] %s is found as %s', (one, other) => {
    expect(foldName(one)).toBe(foldName(other))
  })

  test.each([
    ['カキ', 'ガキ'],
    ['高橋', '高場'],
    ['ヤマダ', 'ヤマタ'],
  ])('[NM2] %s and %s stay apart', (one, other) => {
    expect(foldName(one)).not.toBe(foldName(other))
  })
})

describe('search', () => {
  const named = (team: string, name: string, members: [string, string][] = []) => ({
    team,
    name,
    members: members.map(([full, kana], i) => ({ id: `m${i}`, name: full, kana })),
  })
  const index = new NameIndex([
    named('12', 'やまびこ', [
      ['髙橋　一郎', 'タカハシ　イチロウ'],
      ['渡邊　花', 'ワタナベ　ハナ'],
    ]),
    named('120', '風の子', [['山田　太郎', 'ヤマダ　タロウ']]),
    named('3', '高橋家', [['高橋　次郎', 'タカハシ　ジロウ']]),
    named('B12', '12人の仲間'),
  ])

  test('[NM3] finds by part of a name or reading, of the team or of a member', () => {
    expect(index.search('高橋')).toEqual(['3', '12'])
    expect(index.search('わたな')).toEqual(['12'])
    expect(index.search('太郎')).toEqual(['120'])
    expect(index.search('ﾔﾏ')).toEqual(['12', '120'])
    expect(index.search('nobody')).toEqual([])
  })

  test('[NM4] all words have to be there, in any order', () => {
    expect(index.search('一郎 高橋')).toEqual(['12'])
    expect(index.search('高橋　花')).toEqual(['12'])
    expect(index.search('高橋 太郎')).toEqual([])
  })

  test('[NM5] the very number comes first, then numbers and names that begin so', () => {
    expect(index.search('１２')).toEqual(['12', '120', 'B12'])
    expect(index.search('b1')).toEqual(['B12'])
    expect(index.search('1', 2)).toEqual(['12', '120'])
  })

  test('[NM6] an empty query, or one of marks alone, finds nothing rather than everything', () => {
    for (const query of ['', ' 　', '・', 'ー']) expect(index.search(query)).toEqual([])
  })

  test('[NM7] follows corrected and removed cards', () => {
    const own = new NameIndex([named('1', 'Alpha')])
    own.put(named('1', 'Beta'))
    expect(own.search('alpha')).toEqual([])
    expect(own.search('beta')).toEqual(['1'])
    own.delete('1')
    expect(own.search('beta')).toEqual([])
  })
})
