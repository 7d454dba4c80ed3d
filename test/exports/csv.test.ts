import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { notInShiftJis, toShiftJis } from '../../sync-server/exports/shift-jis.ts'
import { guarded, unguarded } from '../../sync-server/results/formula-guard.ts'
import { parseCsv } from '../../sync-server/results/parse-csv.ts'
import { readText } from '../../sync-server/results/read-text.ts'
import { writeCsv } from '../../sync-server/results/write-csv.ts'
import { hardNames } from './make-results.ts'

const anyText = fc.oneof(
  fc.constantFrom(...hardNames, '@SUM(A1)', '-10', '+1', "''=x", "'", "'a", '＝1', 'a"b', '\t=1'),
  fc
    .array(fc.constantFrom("'", '=', '+', '-', '@', '"', ',', '\n', 'a', '髙', '𠮷', ' '), { maxLength: 6 })
    .map((chars) => chars.join('')),
  fc.string({ unit: 'grapheme' }),
)

describe('text in a table', () => {
  test('[XP7] no cell is a formula, and every one comes back as it was', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(guarded(text)).not.toMatch(/^\s*[=+\-@\t\r]/)
        expect(unguarded(guarded(text))).toBe(text)
      }),
      { numRuns: 500 },
    )
  })

  test('[XP7] what is written is what our own import reads', () => {
    const anyCell = anyText.map((text) => text.replaceAll('\0', '').trim()).filter((text) => text !== '')
    const anyRows = fc
      .integer({ min: 1, max: 4 })
      .chain((width) => fc.array(fc.array(anyCell, { minLength: width, maxLength: width }), { minLength: 1 }))
    fc.assert(
      fc.property(anyRows, (rows) => {
        const head = rows[0]!.map((_, n) => `h${n}`)
        const csv = writeCsv([head, ...rows])
        expect(parseCsv(readText(new TextEncoder().encode(csv)).text).map(({ cells }) => cells)).toEqual([
          head,
          ...rows,
        ])
      }),
      { numRuns: 300 },
    )
  })

  test('[XP7] numbers are numbers, below zero too', () =>
    expect(writeCsv([[-10, '-10']])).toBe(`\uFEFF"-10","'-10"\r\n`))
})

describe('Shift_JIS', () => {
  test('[XP8] every character that is written is read back as the same by any reader', () => {
    const read = (bytes: Uint8Array) => new TextDecoder('shift_jis', { fatal: true }).decode(bytes)
    let known = 0
    for (let code = 0; code <= 0xffff; code++) {
      const char = String.fromCodePoint(code)
      if ((code >= 0xd800 && code < 0xe000) || notInShiftJis(char).length > 0) continue
      known++
      if (read(toShiftJis(char, () => '?')) !== char) throw new Error(`U+${code.toString(16)} is not what it was`)
    }
    expect(known).toBeGreaterThan(7000)
    expect(read(toShiftJis('髙﨑①㈱ｱ～', () => '?'))).toBe('髙﨑①㈱ｱ～')
    // IBM's own bytes, which Excel writes too, not NEC's copies of them.
    expect([...toShiftJis('髙﨑', () => '?')]).toEqual([0xfb, 0xfc, 0xfa, 0xb1])
  })

  test('[XP8] what it lacks is told, or written as its number, and never lost', () => {
    expect(notInShiftJis('𠮷野家 é ¥ 𠮷')).toEqual(['𠮷', 'é', '¥'])
    const bytes = toShiftJis('𠮷野', (char) => `&#${char.codePointAt(0)};`)
    expect(new TextDecoder('shift_jis').decode(bytes)).toBe('&#134071;野')
  })
})
