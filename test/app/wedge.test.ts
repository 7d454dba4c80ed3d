import { expect, test } from 'vitest'
import { createWedge } from '../../app/device/wedge.ts'

type Key = { code: string; key: string; shiftKey?: boolean; isComposing?: boolean }
const press = (wedge: ReturnType<typeof createWedge>, keys: readonly Key[]) => {
  for (const { code, key, shiftKey = false, isComposing = false } of keys)
    wedge.keydown({ code, key, shiftKey, isComposing })
}
const process = (code: string, shiftKey = false): Key => ({ code, key: 'Process', shiftKey })

test('plain letters are taken as they stand in the field', () => {
  const wedge = createWedge()
  expect(wedge.take('ZK1:TRIAL:128')).toBe('ZK1:TRIAL:128')
})

test('full-width letters and spaces around them are folded away', () => {
  const wedge = createWedge()
  expect(wedge.take('　ＺＫ１：ＴＲＩＡＬ：１２８ ')).toBe('ZK1:TRIAL:128')
})

test('where an input method made kana of the letters, the keys say what was scanned', () => {
  const wedge = createWedge()
  press(wedge, [
    process('KeyZ', true),
    process('KeyK', true),
    process('Digit1'),
    process('Semicolon', true),
    process('KeyA', true),
  ])
  expect(wedge.composed()).toBe(true)
  expect(wedge.take('ＺＫ１：あ')).toBe('ZK1:A')
})

test('the colon of a Japanese keyboard is where others have the quote', () => {
  const wedge = createWedge()
  press(wedge, [process('KeyZ', true), process('Quote'), process('Digit2')])
  expect(wedge.take('ｚけ')).toBe('Z:2')
})

test('the keys of one scan do not reach into the next', () => {
  const wedge = createWedge()
  press(wedge, [process('KeyA', true)])
  expect(wedge.take('あ')).toBe('A')
  press(wedge, [process('KeyB', true)])
  expect(wedge.composed()).toBe(true)
  expect(wedge.take('ば')).toBe('B')
  expect(wedge.composed()).toBe(false)
})

test('an Enter alone is no scan', () => {
  expect(createWedge().take('  ')).toBeNull()
})
