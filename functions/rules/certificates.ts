import { fitText, type MeasureText, type PrintPage, type PrintShape } from './print-shapes.ts'

/** What a certificate says, line by line. */
export type Certificate = { title: string; text: string; signature: string }

/** What placeholders in a template stand for. */
export type CertificateValues = Record<
  'team' | 'members' | 'class' | 'place' | 'points' | 'time' | 'date' | 'event',
  string
>

export const certificatePlaces = [
  'team',
  'members',
  'class',
  'place',
  'points',
  'time',
  'date',
  'event',
] as const satisfies readonly (keyof CertificateValues)[]

/** The template with its placeholders filled, in one pass: a team called `{place}` stays what it is. */
export function filledCertificate(template: Certificate, values: CertificateValues): Certificate {
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) =>
      Object.hasOwn(values, name) ? values[name as keyof CertificateValues] : whole,
    )
  return { title: fill(template.title), text: fill(template.text), signature: fill(template.signature) }
}

/** One page of A4 each, in a frame; every line is as large as it fits. */
export const certificatePages = (certificates: readonly Certificate[], measure: MeasureText): PrintPage[] =>
  certificates.map((one) => ({ width: 210, height: 297, shapes: shapesOf(one, measure) }))

function shapesOf({ title, text, signature }: Certificate, measure: MeasureText): PrintShape[] {
  const lines = text.split('\n')
  const height = Math.min(18, 170 / lines.length)
  const middle = { align: 'middle', measure } as const
  return [
    ...frame(10),
    ...frame(13),
    ...fitText(title, { x: 25, y: 28, width: 160, height: 26 }, { ...middle, weight: 'bold', largest: 17 }),
    ...lines.flatMap((line, n) =>
      fitText(
        line,
        { x: 25, y: 64 + n * height, width: 160, height },
        { ...middle, weight: n === 0 ? 'bold' : 'regular', largest: n === 0 ? 10 : 7 },
      ),
    ),
    ...signature.split('\n').flatMap((line, n, all) => {
      const box = { x: 60, y: 274 - (all.length - n) * 10, width: 125, height: 10 }
      return fitText(line, box, { ...middle, weight: 'regular', largest: 6 })
    }),
  ]
}

function frame(inset: number): PrintShape[] {
  const [left, top, right, bottom] = [inset, inset, 210 - inset, 297 - inset]
  const line = (x: number, y: number, toX: number, toY: number): PrintShape => ({ kind: 'line', x, y, toX, toY })
  return [
    line(left, top, right, top),
    line(right, top, right, bottom),
    line(right, bottom, left, bottom),
    line(left, bottom, left, top),
  ]
}
