import type { Words } from '../../../design-docs/primitives.ts'

export type CoursePoint = {
  number: string
  name: Words
  lat: number
  lng: number
  points: number
  kind: 'photo' | 'staffed' | 'start' | 'goal'
  mustShow?: Words
}

const everyone: Words = { ja: '撮影者以外の全員', en: 'everyone but the photographer' }
const place = (
  number: string,
  at: [number, number],
  [ja, en]: [string, string],
  points = Number(number),
): CoursePoint => ({
  number,
  name: { ja, en },
  lat: at[0],
  lng: at[1],
  points,
  kind: 'photo',
  mustShow: everyone,
})

/** A course around the old town of Gifu and Mt Kinka; positions are WGS 84 degrees, good to some tens of metres. */
export const course: CoursePoint[] = [
  { ...place('S', [35.4331, 136.7727], ['スタート 岐阜公園', 'Start, Gifu Park'], 0), kind: 'start' },
  { ...place('G', [35.4333, 136.773], ['ゴール 岐阜公園', 'Goal, Gifu Park'], 0), kind: 'goal' },
  place('9', [35.4406, 136.7715], ['橋のたもと', 'Foot of the bridge']),
  place('12', [35.4346, 136.7704], ['大仏の門', 'Gate of the Great Buddha']),
  place('14', [35.4287, 136.7741], ['伊奈波の石段', 'Stone steps of Inaba']),
  place('16', [35.4318, 136.7689], ['井の口の井戸', 'Well of Inokuchi']),
  place('18', [35.4378, 136.7755], ['水神の祠', 'Shrine of the water god']),
  place('20', [35.4423, 136.7768], ['鵜飼の船着き場', 'Cormorant boat landing']),
  place('22', [35.4391, 136.7731], ['川原町の格子戸', 'Lattice doors of Kawaramachi']),
  place('25', [35.4455, 136.7744], ['対岸の石灯籠', 'Stone lantern across the river']),
  place('27', [35.4239, 136.7692], ['美殿町の時計', 'Clock of Mitono']),
  place('29', [35.4178, 136.7585], ['柳ケ瀬のアーケード', 'Arcade of Yanagase']),
  place('31', [35.4364, 136.7799], ['めい想の小径', 'Path of contemplation']),
  { ...place('34', [35.4339, 136.7822], ['金華山展望台', 'Mt Kinka lookout']), kind: 'staffed' },
  place('36', [35.4309, 136.7843], ['唐釜の岩', 'Rock of Karakama']),
  place('38', [35.4274, 136.7817], ['水道山の東屋', 'Arbour on Mt Suido']),
  place('41', [35.4228, 136.7782], ['瑞龍寺山の頂', 'Top of Mt Zuiryuji']),
  { ...place('45', [35.4362, 136.7912], ['日野の渡し', 'Ferry of Hino']), kind: 'staffed' },
  place('52', [35.4461, 136.7876], ['雄総の観音', 'Kannon of Obusa']),
  place('57', [35.4512, 136.7803], ['百々ヶ峰の登り口', 'Foot of Mt Dodo']),
  place('63', [35.4572, 136.7841], ['百々ヶ峰の三角点', 'Triangulation point of Mt Dodo']),
  place('70', [35.4291, 136.7968], ['達目洞の池', 'Pond of Dachimoku']),
]
