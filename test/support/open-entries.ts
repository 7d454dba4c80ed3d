import { type EntryForm, entryForm } from '../../design-docs/entry.ts'
import type { EventDoc } from '../../design-docs/plan.ts'
import type { Zekken } from './start-zekken.ts'

const both = (ja: string, en: string) => ({ ja, en })

/** A form that asks a little of everything. */
export const askingForm: Partial<EntryForm> = {
  members: { min: 1, max: 3 },
  age: 'required',
  gender: 'optional',
  phone: 'required',
  firstNumber: 201,
  fields: [
    { id: 'club', of: 'entry', kind: 'text', label: both('所属', 'Club'), required: false },
    { id: 'wish', of: 'entry', kind: 'long-text', label: both('ひとこと', 'A word to us'), required: false },
    {
      id: 'times',
      of: 'entry',
      kind: 'number',
      label: both('参加回数', 'Times before'),
      required: false,
      min: 0,
      max: 50,
    },
    { id: 'arrival', of: 'entry', kind: 'date', label: both('到着日', 'Day of arrival'), required: true },
    {
      id: 'emergency',
      of: 'entry',
      kind: 'phone',
      label: both('緊急連絡先', 'In an emergency'),
      hint: both('当日つながる番号', 'A number that is answered on the day'),
      required: true,
    },
    {
      id: 'heard',
      of: 'entry',
      kind: 'choices',
      label: both('きっかけ', 'How did you hear of it?'),
      required: true,
      choices: [
        { id: 'web', label: both('ウェブ', 'Website') },
        { id: 'poster', label: both('ポスター', 'Poster') },
      ],
    },
    {
      id: 'shirt',
      of: 'member',
      kind: 'choice',
      label: both('シャツ', 'Shirt'),
      required: true,
      choices: ['S', 'M', 'L'].map((size) => ({ id: size.toLowerCase(), label: both(size, size) })),
    },
  ],
  consents: [
    { id: 'photo', text: both('写真を記録に使います。', 'Photographs are used for the record.'), required: true },
    {
      id: 'guardian',
      text: both('保護者として同意します。', 'I agree as a guardian.'),
      required: true,
      untilAge: 18,
    },
  ],
}

/** Changes what the event asks of those who enter, through the console's own door; answers when it holds. */
export async function openEntries(zekken: Zekken, form: Partial<EntryForm>): Promise<void> {
  const root = `${zekken.url}/api/events/${zekken.event}/plan`
  const { event } = (await zekken.get(`/api/events/${zekken.event}/plan`)) as { event: EventDoc }
  const headers = { authorization: `Bearer ${await zekken.token('admin')}`, 'content-type': 'application/json' }
  const wanted = { ...event, entryForm: entryForm.parse({ members: { min: 1, max: 3 }, ...form }) }
  const answer = await fetch(`${root}/event`, { method: 'PUT', headers, body: JSON.stringify(wanted) })
  if (!answer.ok) throw new Error(`The form was not taken: ${answer.status} ${await answer.text()}`)
}
