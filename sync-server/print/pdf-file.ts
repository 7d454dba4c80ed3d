import { deflateSync } from 'node:zlib'

const latin = (text: string) => Buffer.from(text, 'latin1')

export type PdfFile = ReturnType<typeof pdfFile>

/** The objects of a PDF, each under its number, as they are written; `end` puts the table behind them. ISO 32000-1, 7.5. */
export function pdfFile() {
  const parts: Uint8Array[] = []
  const offsets: number[] = [0]
  let length = 0
  const put = (...bytes: readonly Uint8Array[]) => {
    for (const one of bytes) length += one.length
    parts.push(...bytes)
  }
  const write = (number: number, ...bytes: readonly Uint8Array[]) => {
    offsets[number] = length
    put(latin(`${number} 0 obj\n`), ...bytes, latin('\nendobj\n'))
  }
  const reserve = () => offsets.push(0) - 1
  put(latin('%PDF-1.7\n%'), Uint8Array.of(0xe2, 0xe3, 0xcf, 0xd3), latin('\n'))

  return {
    /** A number for what is named before it is written. */
    reserve,
    /** Entries without the brackets around them. */
    dictionary(entries: string, number = reserve()): number {
      write(number, latin(`<< ${entries} >>`))
      return number
    },
    /** Packed, unless the entries name a filter of their own. */
    stream(entries: string, bytes: Uint8Array): number {
      const isPacked = entries.includes('/Filter')
      const content = isPacked ? bytes : deflateSync(bytes, { level: 5 })
      const filter = isPacked ? '' : ' /Filter /FlateDecode'
      const number = reserve()
      const head = latin(`<< ${entries}${filter} /Length ${content.length} >>\nstream\n`)
      write(number, head, content, latin('\nendstream'))
      return number
    },
    end({ root, info }: { root: number; info: number }): Uint8Array<ArrayBuffer> {
      const table = length
      const lines = offsets.slice(1).map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`)
      put(latin(`xref\n0 ${offsets.length}\n0000000000 65535 f \n${lines.join('')}`))
      put(latin(`trailer\n<< /Size ${offsets.length} /Root ${root} 0 R /Info ${info} 0 R >>\n`))
      put(latin(`startxref\n${table}\n%%EOF\n`))
      // Memory of its own, so that it can be handed to another thread.
      const bytes = new Uint8Array(length)
      let at = 0
      for (const part of parts) {
        bytes.set(part, at)
        at += part.length
      }
      return bytes
    },
  }
}

/** UTF-16 in hexadecimal digits, as a PDF has texts that people read. */
export const utf16Hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex')

/** Two digits after the point are a hundredth of 0.35 mm. */
export const pdfNumber = (value: number): string => String(Math.round(value * 100) / 100)
