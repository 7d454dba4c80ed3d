import { describe, expect, test } from 'vitest'
import { isFullName, isKatakana, isPrintable, tidyKana, tidyName, tidyText } from '../../functions/rules/entry-names.ts'

describe('names of people', () => {
  test.each([
    ['山田 太郎', '山田　太郎'],
    ['山田　太郎', '山田　太郎'],
    ['  山田 \u3000\t太郎\n', '山田　太郎'],
    ['髙﨑\u00a0美咲', '髙﨑　美咲'],
    ['𠮷田󠄀 健', '𠮷田󠄀　健'],
    ['John Smith', 'John　Smith'],
    ['山田', '山田'],
    ['　', ''],
  ])('[EN1] %j is kept as %j', (written, kept) => {
    expect(tidyName(written)).toBe(kept)
    expect(tidyName(kept)).toBe(kept)
  })

  test('[EN2] a family and a given name have one space between them', () => {
    expect(['山田　太郎', 'O’Brien　Pat'].every(isFullName)).toBe(true)
    expect(['山田太郎', '', '　太郎', '山田　', '山　田　太郎'].some(isFullName)).toBe(false)
  })
})

test('[EN3] a team’s name keeps its spaces and every character', () => {
  expect(tidyText("  O'Brien &   仲間たち ")).toBe("O'Brien & 仲間たち")
  expect(tidyText('長良川　ランナーズ')).toBe('長良川　ランナーズ')
  for (const name of ['../', '=1+1', '髙﨑', '神祥福', '<script>', 'Zoë']) expect(tidyText(name)).toBe(name)
})

describe('readings', () => {
  test.each([
    ['やまだ たろう', 'ヤマダ　タロウ'],
    ['ﾔﾏﾀﾞ ﾀﾛｳ', 'ヤマダ　タロウ'],
    ['ｶﾞｷﾞﾊﾟﾎﾟｳﾞｧｰ', 'ガギパポヴァー'],
    ['ヤマダ　タロウ', 'ヤマダ　タロウ'],
    ['ゔぃおらゝゞ', 'ヴィオラヽヾ'],
    ['ラーメン・つけめん', 'ラーメン・ツケメン'],
  ])('[EN4] %j is kept as %j', (written, kept) => {
    expect(tidyKana(written)).toBe(kept)
    expect(isKatakana(kept)).toBe(true)
  })

  test.each(['山田', 'Yamada', 'ヤマダ太郎', '', 'ヤマダ\u3000', 'ﾔﾏﾀﾞ', 'やまだ'])(
    '[EN5] %j is no katakana',
    (text) => {
      expect(isKatakana(text)).toBe(false)
    },
  )
})

test('[EN6] what cannot be printed or would end a line of a mail is found', () => {
  for (const bad of ['a\r\nBcc: x', 'a\u202eb', 'a\u200bb', 'a\u0000', '\ud800', 'a\u2028b'])
    expect(isPrintable(bad)).toBe(false)
  for (const good of ['葛\u{e0100}城', '☀︎', '髙﨑', "O'Brien", '👨‍👩‍👧', '🏃🏽‍♀️']) expect(isPrintable(good)).toBe(true)
})
