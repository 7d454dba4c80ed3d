import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlanPage, TeamRow } from '../../design-docs/console.ts'
import type { ImportAnswer } from '../../design-docs/imports.ts'
import { numberClaims } from '../../sync-server/entry/claim-number.ts'
import { entrantId } from '../../sync-server/entry/entrants.ts'
import { entrantOfNumber } from '../../sync-server/login/entrant-of-number.ts'
import { parseCsv } from '../../sync-server/results/parse-csv.ts'
import { parseXml } from '../../sync-server/results/parse-xml.ts'
import { type Console, openConsole } from './open-console.ts'

const utf8 = (text: string) => new TextEncoder().encode(text)
/** 番号,名称,緯度,経度,得点 / 71,橋,35.1,136.7,20 in Shift_JIS. */
const shiftJis = Uint8Array.from([
  ...[0x94, 0xd4, 0x8d, 0x86, 0x2c, 0x96, 0xbc, 0x8f, 0xcc, 0x2c, 0x88, 0xdc, 0x93, 0x78, 0x2c, 0x8c, 0x6f, 0x93, 0x78],
  ...[0x2c, 0x93, 0xbe, 0x93, 0x5f, 0x0d, 0x0a],
  ...utf8('71,'),
  ...[0x8b, 0xb4],
  ...utf8(',35.1,136.7,20\r\n'),
])

describe('tables and XML as people send them', () => {
  it('[CI1] CSV: quotes, line ends inside cells, tabs, semicolons, empty lines, the line each row began on', () => {
    expect(parseCsv('a,"b ""c""",d\r\n\r\n1,"x\ny",2\r\nlast')).toEqual([
      { line: 1, cells: ['a', 'b "c"', 'd'] },
      { line: 3, cells: ['1', 'x\ny', '2'] },
      { line: 5, cells: ['last'] },
    ])
    expect(parseCsv('a\tb,c\td\n1\t2')[0]?.cells).toEqual(['a', 'b,c', 'd'])
    expect(parseCsv('a;b\n1;2,5')[1]?.cells).toEqual(['1', '2,5'])
    expect(parseCsv('')).toEqual([])
    expect(parseCsv('a,b\r1,"x\ry"\r2,z').map(({ line, cells }) => [line, ...cells])).toEqual([
      [1, 'a', 'b'],
      [2, '1', 'x\ry'],
      [4, '2', 'z'],
    ])
    expect(parseCsv('\n"a,b,c";d\n1;2')).toMatchObject([{ line: 2, cells: ['a,b,c', 'd'] }, { cells: ['1', '2'] }])
    expect(parseCsv('sep=;\na;b,c\n1;2')).toEqual([
      { line: 2, cells: ['a', 'b,c'] },
      { line: 3, cells: ['1', '2'] },
    ])
    expect(parseCsv('a,5" pipe,"x" ,"x"y\n1')).toEqual([
      { line: 1, cells: ['a', '5" pipe', 'x', 'xy'], afterQuote: true },
      { line: 2, cells: ['1'] },
    ])
  })

  it('[CI2] XML: entities, CDATA, prefixes and comments are read; what is not well-formed is refused by line', () => {
    const root = parseXml('<?xml version="1.0"?><!-- c --><x:a b="1 &amp; 2"><c>&#x3042;<![CDATA[<&>]]></c><d/></x:a>')
    expect(root).toMatchObject({ name: 'a', attributes: { b: '1 & 2' }, children: [{ text: 'あ<&>' }, { name: 'd' }] })
    expect(() => parseXml('<a>\n<b></a>')).toThrow(/line 2/)
    expect(() => parseXml('<a>')).toThrow(SyntaxError)
    expect(() => parseXml('plain')).toThrow(SyntaxError)
    expect(() => parseXml('<a>'.repeat(1000))).toThrow(/too deep/)
    const bomb = '<!DOCTYPE a [<!ENTITY x "yyyy"><!ENTITY z "&x;&x;">]><a>&z;</a>'
    expect(parseXml(bomb).text).toBe('&z;')
  })
})

describe('imports', () => {
  let console: Console
  beforeAll(async () => {
    console = await openConsole()
  })
  afterAll(() => console.close())

  const send = async (list: 'checkpoints' | 'teams', bytes: Uint8Array, commit = false) =>
    (await console.admin.ask<ImportAnswer>('POST', `/events/demo/imports/${list}?commit=${commit}`, bytes)).body
  const checkpoints = async () => (await console.admin.ask<PlanPage>('GET', '/events/demo/plan')).body.checkpoints

  it('[CI3] names each bad line and what is wrong with it, and writes nothing before it is told to', async () => {
    const before = await checkpoints()
    const file = [
      'number,name,lat,lng,points,kind',
      '60,Bridge,35.1,136.7,60,photo',
      '61,,91,136.7,x,photo',
      ',No number,35.1,136.7,10,photo',
      '60,Twice,35.1,136.7,10,photo',
      '62,What,35.1,,10,swimming',
    ].join('\n')
    const { lines, committed, format } = await send('checkpoints', utf8(`\uFEFF${file}`))
    expect({ committed, format }).toEqual({ committed: false, format: 'csv' })
    expect(lines.map(({ line, does }) => [line, does])).toEqual([
      [2, 'add'],
      [3, 'bad'],
      [4, 'bad'],
      [5, 'bad'],
      [6, 'bad'],
    ])
    const problems = lines.map(({ notes }) => notes.map(({ field, problem }) => `${field} ${problem}`))
    expect(problems.slice(1)).toEqual([
      ['lat out-of-range', 'points not-a-number'],
      ['number missing'],
      ['number twice'],
      ['lng missing', 'kind unknown-kind'],
    ])
    expect(await checkpoints()).toEqual(before)
  })

  it('[CI4] commits the good lines; the same file again finds nothing to do, a changed one says what changes', async () => {
    const file = (points: number) =>
      utf8(`number,name,lat,lng,points\n60,Bridge,35.1,136.7,${points}\n1,,35.36,138.72,x`)
    expect((await send('checkpoints', file(60), true)).committed).toBe(true)
    expect((await checkpoints()).find(({ number }) => number === '60')).toMatchObject({ points: 60, kind: 'photo' })
    expect((await send('checkpoints', file(60), true)).lines[0]?.does).toBe('same')
    const changed = await send('checkpoints', file(65))
    expect(changed.lines[0]).toMatchObject({ does: 'change', notes: [{ field: 'points', was: '60', is: '65' }] })
  })

  it('[CI5] reads Shift_JIS, GPX and IOF XML CourseData 3.0', async () => {
    const sjis = await send('checkpoints', shiftJis)
    expect(sjis).toMatchObject({ encoding: 'shift_jis', lines: [{ number: '71', label: '橋', does: 'add', line: 2 }] })
    const gpx = `<gpx xmlns="http://www.topografix.com/GPX/1/1" version="1.1">
      <wpt lat="35.2" lon="136.8"><name>72 水神の祠</name><desc>30点</desc></wpt>
      <wpt lat="35.2" lon="136.9"><name>73</name></wpt>
      <wpt lon="136.9"><name>74</name></wpt></gpx>`
    const fromGpx = await send('checkpoints', utf8(gpx))
    expect(fromGpx.format).toBe('gpx')
    expect(fromGpx.lines).toMatchObject([
      { number: '72', label: '水神の祠', does: 'add', notes: [] },
      { number: '73', does: 'add', notes: [{ field: 'points', is: '73', assumed: true }] },
      { number: '74', does: 'bad', line: 4 },
    ])
    expect(fromGpx.lines[2]?.notes).toContainEqual({ field: 'lat', problem: 'missing' })
    const iof = `<CourseData xmlns="http://www.orienteering.org/datastandard/3.0" iofVersion="3.0"><RaceCourseData>
      <Control type="Start"><Id>S9</Id><Position lng="136.7" lat="35.4"/></Control>
      <Control><Id>81</Id><Position lng="136.71" lat="35.41"/></Control>
      <Control type="Finish"><Id>F9</Id><Position lng="136.7" lat="35.4"/></Control>
      <Course><Name>Score</Name><CourseControl type="Control"><Control>81</Control><Score>40</Score></CourseControl></Course>
    </RaceCourseData></CourseData>`
    const fromIof = await send('checkpoints', utf8(iof), true)
    expect(fromIof).toMatchObject({ format: 'iof-xml', lines: [{ does: 'add' }, { does: 'add' }, { does: 'add' }] })
    const saved = await checkpoints()
    const of = (number: string) => saved.find((one) => one.number === number)
    expect(of('81')).toMatchObject({ points: 40, kind: 'photo', lat: 35.41 })
    expect([of('S9')?.kind, of('F9')?.kind]).toEqual(['start', 'goal'])
  })

  const head = 'number,name,lat,lng'
  it.each<[string, Uint8Array, object]>([
    ['nothing at all', utf8(''), { problem: 'empty' }],
    ['a byte order mark and spaces', utf8('\uFEFF \r\n'), { problem: 'empty' }],
    ['words', utf8('hello\nyou'), { problem: 'no-number-column', line: 1 }],
    ['another delimiter', utf8('number|name\n1|x'), { problem: 'no-number-column' }],
    ['headings alone', utf8(`${head}\n,,,\n`), { problem: 'no-lines' }],
    ['two headings that mean the same', utf8(`No,番号,lat\n1,7,35`), { problem: 'heading-twice', is: 'No, 番号' }],
    ['the same heading twice', utf8(`${head},Name\n1,a,35,136,b`), { problem: 'heading-twice', is: 'name, Name' }],
    ['an open quote', utf8(`${head}\n1,a,35,136\n2,"b,35,136\n3,c,35,136`), { problem: 'unclosed-quote', line: 3 }],
    ['an open quote in a heading', utf8(`number,"name\n1,a`), { problem: 'unclosed-quote', line: 1 }],
    ['xlsx', Uint8Array.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), { problem: 'workbook' }],
    ['xls', Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]), { problem: 'workbook' }],
    ['a JPEG', Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), { problem: 'not-text' }],
    ['a PNG', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0]), { problem: 'not-text' }],
    ['broken XML', utf8('<gpx>\n<wpt>'), { problem: 'not-well-formed', line: 2 }],
    ['a web page', utf8('<html></html>'), { problem: 'unknown-format', is: 'html' }],
    ['a track without waypoints', utf8('<gpx><trk/></gpx>'), { problem: 'no-lines' }],
  ])('[CI6] %s is refused whole, with what is wrong and where', async (_, bytes, wrong) => {
    for (const commit of [false, true]) {
      const { body } = await console.admin.ask('POST', `/events/demo/imports/checkpoints?commit=${commit}`, bytes)
      expect(body).toMatchObject({ error: { code: 'ZK-PLAN-002', figures: { fields: [{ field: 'file', ...wrong }] } } })
    }
  })

  it('[CI9] columns that are not taken in are named, a row with cells beyond the headings is a bad line', async () => {
    const file = [
      `${head},Colour,,memo,`,
      '90,a,35.1,136.7,red,x,,',
      '91,Gifu, Station,35.1,136.7,,,,y',
      '92,c,35.1,136.7',
    ]
    const { leftOut, lines } = await send('checkpoints', utf8(file.join('\r\n')))
    expect(leftOut).toEqual([
      { column: 5, heading: 'Colour' },
      { column: 6, heading: '' },
      { column: 7, heading: 'memo' },
    ])
    expect(lines.map(({ does, line }) => [line, does])).toEqual([
      [2, 'add'],
      [3, 'bad'],
      [4, 'add'],
    ])
    expect(lines[1]?.notes).toContainEqual({ field: 'line', problem: 'beyond-headings', is: 'y' })
    const known = await send('checkpoints', utf8(`${head},,\n93,d,35.1,136.7,,`))
    expect(known).toMatchObject({ leftOut: [], lines: [{ does: 'add' }] })
    const team = await send('teams', utf8('番号\tチーム名\tクラス\t住所\n204\tさくら\tA\t岐阜市'))
    expect(team).toMatchObject({ leftOut: [{ column: 4, heading: '住所' }], lines: [{ does: 'add' }] })
    const plan = await send('checkpoints', utf8(`${head}\n94,"Gifu "Castle"",35.1,136.7\n95,e,0x23,1e2`))
    const wrong = plan.lines.map(({ notes }) =>
      notes.flatMap(({ field, problem }) => (problem ? `${field} ${problem}` : [])),
    )
    expect(wrong).toEqual([['line after-quote'], ['lat not-a-number', 'lng not-a-number']])
  })

  it('[CI12] decimals after a comma are read where semicolons part the cells, and nowhere else', async () => {
    const heads = 'number;name;lat;lng;points;radius'
    const file = `${heads}\n96;Brücke;35,4339;-136,7822;20;12,5\n97;b;３５，４;136.7;20;\n98;c;35,4,3;136,7;2,5;`
    const { lines } = await send('checkpoints', utf8(file), true)
    expect(lines.map(({ does }) => does)).toEqual(['add', 'add', 'bad'])
    expect(lines[2]?.notes.map(({ field, problem }) => `${field} ${problem}`)).toEqual([
      'lat not-a-number',
      'points not-a-number',
    ])
    const saved = await checkpoints()
    const of = (number: string) => saved.find((one) => one.number === number)
    expect(of('96')).toMatchObject({ lat: 35.4339, lng: -136.7822, points: 20, radiusMeters: 12.5 })
    expect(of('97')).toMatchObject({ lat: 35.4, lng: 136.7 })
    for (const delimiter of [',', '\t']) {
      const quoted = [['number', 'lat', 'lng'].join(delimiter), ['99', '"35,4"', '"136,7"'].join(delimiter)].join('\n')
      const other = await send('checkpoints', utf8(quoted))
      expect(other.lines[0]).toMatchObject({ does: 'bad' })
    }
  })

  it('[CI10] nothing about a member is dropped in silence', async () => {
    const file = [
      'number,name,class,members,member1,gender1,age1,kana2,kana1',
      '205,a,a,,One,kind,1e1,,',
      '206,a,a,,One,f,30,カナ,',
      '207,a,a,Two;Three,One,,,,',
      `208,a,a,,One,,,,${'カ'.repeat(121)}`,
      `209,a,a,${'x'.repeat(81)},,,,,`,
    ]
    const { lines } = await send('teams', utf8(file.join('\n')))
    expect(lines.map(({ does, notes }) => [does, ...notes.map(({ field, problem }) => `${field} ${problem}`)])).toEqual(
      [
        ['bad', 'gender1 unknown-gender', 'age1 not-a-number'],
        ['bad', 'member2 no-member'],
        ['bad', 'members two-lists'],
        ['bad', 'kana1 too-long'],
        ['bad', 'members too-long'],
      ],
    )
  })

  it('[CI11] names that are only in CP932, UTF-16 and EUC-JP are read as written', async () => {
    const row = (bytes: number[]) =>
      Uint8Array.from([...utf8('number,name,class\r\n210,'), ...bytes, ...utf8(',a\r\n')])
    const read = async (bytes: Uint8Array) => {
      const { encoding, lines } = await send('teams', bytes)
      return [encoding, lines[0]?.label, lines[0]?.does]
    }
    expect(await read(row([0xfb, 0xfc, 0xfa, 0xb1]))).toEqual(['shift_jis', '髙﨑', 'add'])
    expect(await read(row([0xc8, 0xd6, 0xb9, 0xe6]))).toEqual(['euc-jp', '番号', 'add'])
    const utf16 = new Uint8Array(Buffer.from('\uFEFFnumber\tname\tclass\r\n210\t髙﨑𠮷\ta\r\n', 'utf16le'))
    expect(await read(utf16)).toEqual(['utf-16le', '髙﨑𠮷', 'add'])
    expect(await read(new Uint8Array(Buffer.from(utf16).swap16()))).toEqual(['utf-16be', '髙﨑𠮷', 'add'])
  })

  it('[CI7] teams: entered once, corrected field by field, bad lines left out', async () => {
    const first =
      'ゼッケン,チーム名,クラス,メンバー1,年齢1,性別1,メンバー2\n201,髙﨑探検隊,A,髙﨑　美咲,34歳,女,𠮷田 健\n202,,A\n203,X,Z'
    const preview = await send('teams', utf8(first))
    expect(preview.lines.map(({ number, does, notes }) => [number, does, notes[0]?.problem])).toEqual([
      ['201', 'add', undefined],
      ['202', 'bad', 'missing'],
      ['203', 'bad', 'unknown-class'],
    ])
    await send('teams', utf8(first), true)
    await console.settled()
    const { body } = await console.admin.ask<{ team: object }>('GET', '/events/demo/teams/201')
    expect(body.team).toMatchObject({
      name: '髙﨑探検隊',
      classIds: ['a'],
      members: [
        { id: 'm1', name: '髙﨑　美咲', age: 34, gender: 'f' },
        { id: 'm2', name: '𠮷田 健' },
      ],
    })
    expect((await send('teams', utf8(first), true)).lines[0]?.does).toBe('same')
    const second = 'number,name,class\n201,New name,a'
    expect((await send('teams', utf8(second), true)).lines[0]).toMatchObject({
      does: 'change',
      notes: [{ field: 'name', was: '髙﨑探検隊', is: 'New name' }],
    })
    await console.settled()
    const entries = (await console.log()).filter((fact) => fact?.type === 'entry' && fact.team === '201')
    expect(entries).toHaveLength(1)
    const { body: list } = await console.admin.ask<{ teams: TeamRow[] }>('GET', '/events/demo/teams')
    expect(list.teams).toMatchObject([{ team: '201', name: 'New name', state: 'entered' }])
  })

  it('[CI8] a list of names alone takes no reading and no age from the members it names', async () => {
    const full = 'number,name,class,member1,kana1,age1,member2\n202,髙﨑,a,山田　太郎,ヤマダ　タロウ,41,林　凛'
    expect((await send('teams', utf8(full), true)).lines[0]?.does).toBe('add')
    await console.settled()
    const names = (second: string) => utf8(`number,name,class,member1,member2\n202,髙﨑,a,山田　太郎,${second}`)
    expect((await send('teams', names('林　凛'), true)).lines[0]?.does).toBe('same')
    expect((await send('teams', names('林　結衣'), true)).lines[0]?.does).toBe('change')
    await console.settled()
    const facts = (await console.log()).filter((fact) => fact?.type === 'correction' && fact.team === '202')
    expect(facts).toMatchObject([
      {
        field: 'members',
        is: [
          { id: 'm1', name: '山田　太郎', kana: 'ヤマダ　タロウ', age: 41 },
          { id: 'm2', name: '林　結衣' },
        ],
      },
    ])
  })

  it('[CI13] a list says how teams are reached: passcodes go there, the same list is nothing new, what it leaves out stays', async () => {
    const head = 'number,name,class,メール,電話番号'
    const first = `${head}\n0310,Owls,a, owls@example.jp ,０９０-1234-5678\n311,Bats,a,,\n312,Cats,a,cats@,call me\n310,Owls,a,,`
    const { lines } = await send('teams', utf8(first), true)
    expect(lines.map(({ does, notes }) => [does, ...notes.map(({ field, problem }) => `${field} ${problem}`)])).toEqual(
      [['add'], ['add'], ['bad', 'mail not-reachable', 'phone not-reachable'], ['bad', 'number same-number']],
    )
    await console.settled()
    const it = console.installation
    const owls = await entrantOfNumber(it, 'demo', '310')
    expect(owls?.entry).toMatchObject({
      name: 'Owls',
      classIds: ['a'],
      mail: 'owls@example.jp',
      phone: '090-1234-5678',
    })
    expect(await entrantOfNumber(it, 'demo', '311')).toBeNull()
    expect((await send('teams', utf8(first), true)).lines.map(({ does }) => does)).toEqual([
      'same',
      'same',
      'bad',
      'bad',
    ])

    // Who entered by the form keeps their answers; an empty cell and a missing column take nothing away.
    const claims = numberClaims(it)
    const draft = '01JZ0000000000000000000000'
    await claims.take('demo', draft, { number: '311', maxTeams: undefined })
    const entry = { ...owls!.entry, name: 'Bats', mail: 'bats@example.jp', answers: { size: 'L' } }
    const own = { ...owls!, _id: entrantId('demo', draft), draft, number: '311', entry, inLog: entry, wantsCopy: true }
    const { _rev, ...bats } = own
    await it.office.put(bats)
    const second = utf8('number,name,class,mail\n0310,Owls,a,\n311,Bats,a,new@example.jp')
    expect((await send('teams', second)).lines).toMatchObject([
      { does: 'same', notes: [] },
      { does: 'change', notes: [{ field: 'mail', was: 'bats@example.jp', is: 'new@example.jp' }] },
    ])
    expect((await entrantOfNumber(it, 'demo', '311'))?.entry.mail).toBe('bats@example.jp')
    await send('teams', second, true)
    expect(await entrantOfNumber(it, 'demo', '311')).toMatchObject({
      ...{ wantsCopy: true, version: 2, entry: { ...entry, mail: 'new@example.jp' } },
      inLog: { mail: 'new@example.jp' },
    })
    expect((await entrantOfNumber(it, 'demo', '0310'))?.entry.mail).toBe('owls@example.jp')
    expect((await console.log()).filter((fact) => JSON.stringify(fact).includes('example.jp'))).toEqual([])
  })
})
