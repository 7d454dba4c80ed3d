import type { Member } from '../../design-docs/facts.ts'
import type { ImportNote } from '../../design-docs/imports.ts'
import type { EventClass } from '../../design-docs/plan.ts'
import { checkMail, checkPhone } from '../../functions/rules/entry-texts.ts'
import type { EntryDraft } from '../setup/add-teams.ts'
import type { Contact } from './import-contacts.ts'
import { folded, readTable, type Table, type TableRow } from './table-columns.ts'

const maxMembers = 50
const each = (names: readonly string[], n: number) => names.flatMap((name) => [`${name}${n}`, `${n}${name}`])
const memberHeadings = Object.fromEntries(
  Array.from({ length: maxMembers }, (_, i) => i + 1).flatMap((n) => [
    [`member${n}`, each(['member', 'メンバー', '氏名', '参加者', '選手'], n)],
    [`kana${n}`, each(['memberkana', 'kana', 'フリガナ', 'ふりがな', 'カナ'], n)],
    [`age${n}`, each(['age', '年齢'], n)],
    [`gender${n}`, each(['gender', '性別'], n)],
  ]),
)
const headings = {
  number: ['number', 'no', 'bib', '番号', 'ゼッケン', 'ゼッケン番号', '受付番号', 'チーム番号'],
  name: ['name', 'team', 'teamname', 'チーム名', 'チーム', '名前'],
  kana: ['kana', 'フリガナ', 'ふりがな', 'チーム名カナ'],
  classes: ['class', 'classes', 'クラス', '部門', '種目', 'カテゴリー'],
  members: ['members', 'メンバー', '氏名', '参加者'],
  mail: ['mail', 'email', 'e-mail', 'mailaddress', 'メール', 'メールアドレス', '代表者メール'],
  phone: ['phone', 'tel', 'phonenumber', 'mobile', '電話', '電話番号', '携帯', '携帯電話'],
  ...memberHeadings,
}

export type RawTeam = {
  line: number
  number: string
  label: string
  entry: EntryDraft | null
  contact: Contact
  notes: ImportNote[]
}

/** Reads teams out of a table. Every line comes back, bad ones with the why. */
export function readTeams(
  text: string,
  classes: readonly EventClass[],
): { teams: RawTeam[]; leftOut: Table['leftOut'] } {
  const { rows, leftOut } = readTable(text, headings)
  return { teams: rows.map((row) => readTeam(row, classes)), leftOut }
}

function readTeam(row: TableRow, classes: readonly EventClass[]): RawTeam {
  const notes = [...row.notes]
  const number = (row.cell('number') ?? '').normalize('NFKC').trim().toUpperCase()
  if (number === '') notes.push({ field: 'number', problem: 'missing' })
  else if (!/^[A-Z0-9]{1,12}$/.test(number)) notes.push({ field: 'number', problem: 'not-a-code' })
  const name = row.cell('name') ?? ''
  if (name === '') notes.push({ field: 'name', problem: 'missing' })
  else if (name.length > 120) notes.push({ field: 'name', problem: 'too-long' })
  const classIds = classIdsOf(row.cell('classes') ?? '', classes, notes)
  const members = membersOf(row, notes)
  const kana = row.cell('kana')
  if (kana && kana.length > 200) notes.push({ field: 'kana', problem: 'too-long' })
  const contact = contactOf(row, notes)
  const bad = notes.some(({ problem }) => problem)
  const entry = { team: number, name, classIds, members, ...(kana && { kana }) }
  return { line: row.line, number, label: name, entry: bad ? null : entry, contact, notes }
}

/** An empty cell takes no address from anybody. */
function contactOf(row: TableRow, notes: ImportNote[]): Contact {
  const [mail = '', phone = ''] = [row.cell('mail'), row.cell('phone')]
  const note = (is: string) => (field: string) => void notes.push({ field, problem: 'not-reachable', is })
  const read = { mail: mail && checkMail(mail, note(mail)), phone: checkPhone(phone, false, note(phone)) }
  return { ...(read.mail && { mail: read.mail }), ...(read.phone && { phone: read.phone }) }
}

/** Classes by id or by name in either language, several parted by `/`, `;` or `、`; one class needs no naming. */
function classIdsOf(text: string, classes: readonly EventClass[], notes: ImportNote[]): string[] {
  const [only] = classes
  if (text === '' && classes.length === 1 && only) return [only.id]
  if (text === '') notes.push({ field: 'classes', problem: 'missing' })
  const find = (part: string) =>
    classes.find(({ id, name }) => [id, name.ja, name.en].some((known) => folded(known) === folded(part)))?.id
  const whole = find(text)
  if (whole) return [whole]
  const ids = text.split(/[/;、]/).flatMap((part) => {
    if (part.trim() === '') return []
    const id = find(part)
    if (id === undefined) notes.push({ field: 'classes', problem: 'unknown-class', is: part.trim() })
    return id ?? []
  })
  return [...new Set(ids)]
}

const genders: Record<string, Member['gender']> = {
  f: 'f',
  female: 'f',
  女: 'f',
  女性: 'f',
  m: 'm',
  male: 'm',
  男: 'm',
  男性: 'm',
  x: 'x',
  その他: 'x',
}

function membersOf(row: TableRow, notes: ImportNote[]): Member[] {
  const numbers = Array.from({ length: maxMembers }, (_, i) => i + 1)
  const listed = (row.cell('members') ?? '')
    .split(/[/;、\n]/)
    .map((part) => part.trim())
    .filter(Boolean)
  const numbered = numbers.filter((n) => row.cell(`member${n}`))
  for (const n of numbers.filter((one) => !numbered.includes(one)))
    if (['kana', 'age', 'gender'].some((about) => row.cell(`${about}${n}`)))
      notes.push({ field: `member${n}`, problem: 'no-member' })
  if (listed.length > maxMembers) notes.push({ field: 'members', problem: 'too-many' })
  if (listed.some((name) => name.length > 80)) notes.push({ field: 'members', problem: 'too-long' })
  if (numbered.length === 0) return listed.map((name, i) => ({ id: `m${i + 1}`, name }))
  if (listed.length > 0) notes.push({ field: 'members', problem: 'two-lists' })
  return numbered.map((n): Member => {
    const name = row.cell(`member${n}`) ?? ''
    if (name.length > 80) notes.push({ field: `member${n}`, problem: 'too-long' })
    const kana = row.cell(`kana${n}`)
    if (kana && kana.length > 120) notes.push({ field: `kana${n}`, problem: 'too-long' })
    const genderText = row.cell(`gender${n}`) ?? ''
    const gender = genders[folded(genderText)]
    if (genderText && !gender) notes.push({ field: `gender${n}`, problem: 'unknown-gender', is: genderText })
    const age = ageOf(row.cell(`age${n}`) ?? '', n, notes)
    return {
      id: `m${n}`,
      name,
      ...(kana && { kana }),
      ...(gender && { gender }),
      ...(age !== undefined && { age }),
    }
  })
}

function ageOf(text: string, n: number, notes: ImportNote[]): number | undefined {
  if (text === '') return undefined
  const written = text
    .normalize('NFKC')
    .replace(/[歳才]/, '')
    .trim()
  const age = Number(written)
  if (!/^[+-]?\d+$/.test(written)) notes.push({ field: `age${n}`, problem: 'not-a-number' })
  else if (age < 0 || age > 130) notes.push({ field: `age${n}`, problem: 'out-of-range' })
  return age
}
