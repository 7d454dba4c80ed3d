import sharp from 'sharp'
import type { Fact, PhotoFact } from '../../design-docs/facts.ts'
import type { PageDoc } from '../../design-docs/pages.ts'
import type { PalettePlan, RecolourDoc } from '../../design-docs/palettes.ts'
import type { PublicationDoc, SnapshotDoc } from '../../design-docs/rankings.ts'
import type { SurveyDoc } from '../../design-docs/surveys.ts'
import { scoringPlan } from '../../functions/rules/snapshot.ts'
import type { OpenEvent } from '../feed/support/open-event.ts'
import { atMinute, factMaker, noticeFact, planOf, withdrawal } from '../rules/make-facts.ts'
import { guideDoc, surveyDoc } from '../rules/make-pages.ts'
import { paletteOriginal, palettePhoto, palettePlanDoc, recolourDoc, stripes } from './make-palettes.ts'

export type WritableFact = Fact & { _attachments?: unknown }

/** A picture drawn by code, of the given size and colour. */
export const drawn = (width: number, height: number, background: string) =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer()

/**
 * A small day: two teams and a stranger, check-ins approved, undone, reviewed and doubted, a correction, a penalty,
 * photos with and without their originals, notices, a guide, a survey. Every function has something to do in it.
 */
export async function smallDay(): Promise<{
  plan: (PageDoc | SurveyDoc | SnapshotDoc | PublicationDoc | PalettePlan | RecolourDoc)[]
  facts: WritableFact[]
  files: Map<string, Uint8Array>
}> {
  const files = new Map<string, Uint8Array>()
  const preview = Buffer.from(await drawn(150, 105, 'teal')).toString('base64')
  files.set('original-of-12', await drawn(800, 600, 'teal'))
  files.set('original-of-a-palette', await stripes('crimson', 'gold', 'navy'))
  files.set('original-of-a-portrait', await drawn(300, 400, 'tan'))
  files.set('original-of-13', new TextEncoder().encode('no picture at all'))
  const withPreview = (photo: PhotoFact): WritableFact => ({
    ...photo,
    _attachments: { preview: { content_type: 'image/jpeg', data: preview } } as never,
  })

  const one = factMaker('12')
  const first = one.scanned('S1', atMinute(20))
  const wrong = one.scanned('S1', atMinute(70))
  const recorded = one.recorded('2', atMinute(90))
  const photo = one.photo(recorded)
  const goal = one.scanned('GO', atMinute(185))
  const other = factMaker('13')
  const seen = other.scanned('S1', atMinute(25))
  const portrait = other.photo(null)
  const own = one.photo(null, { at: atMinute(15), takenAt: atMinute(15) })
  const picture = palettePhoto(1)
  const stranger = factMaker('99')
  const untrue = noticeFact(3)
  const asTeam = { by: 'team12', as: 'participant', device: 'teamphone' } as const
  const asCore = { by: 'core1', as: 'core' } as const
  const asked = one.make('chat', { at: atMinute(100), kind: 'question', text: 'なぜ?', about: recorded._id, ...asTeam })
  const slip = one.make('chat', { at: atMinute(101), kind: 'text', text: 'wrong thread', ...asTeam })
  const answer = one.make('chat', {
    at: atMinute(110),
    kind: 'answer',
    text: 'Approved 👍',
    replyTo: asked._id,
    ...asCore,
  })
  const facts: WritableFact[] = [
    one.entry({ name: '髙﨑隊', classIds: ['a', 'b'] }),
    first,
    wrong,
    one.undo(wrong),
    recorded,
    withPreview(photo),
    one.make('original', { at: atMinute(95), photo: photo._id, storageKey: 'original-of-12', as: 'server' }),
    one.review(recorded, 'APPROVED'),
    goal,
    one.make('correction', { at: atMinute(30), field: 'name', was: '髙﨑隊', is: '髙﨑組' }),
    other.entry({ name: "O'Brien", classIds: ['a'] }),
    seen,
    other.make('adjustment', { at: atMinute(120), points: -5, reason: 'left the map', by: 'judge1', as: 'judge' }),
    withPreview(portrait),
    other.make('original', { at: atMinute(96), photo: portrait._id, storageKey: 'original-of-13', as: 'server' }),
    one.make('timing', {
      at: atMinute(130),
      kind: 'start',
      is: atMinute(5),
      reason: 'late bus',
      by: 'judge1',
      as: 'judge',
    }),
    other.make('ruling', { at: atMinute(131), status: 'not-placed', reason: 'guest', by: 'judge1', as: 'judge' }),
    other.make('back', { at: atMinute(132) }),
    stranger.scanned('1', atMinute(40)),
    withPreview(own),
    one.make('original', { at: atMinute(16), photo: own._id, storageKey: 'original-of-a-portrait', as: 'server' }),
    picture,
    paletteOriginal(picture, 'original-of-a-palette'),
    one.make('collected', { at: atMinute(50), palette: picture._id, verified: true }),
    asked,
    slip,
    one.undo(slip),
    one.arrival([asked, slip], atMinute(102)),
    one.make('read', { at: atMinute(109), messages: [asked._id], ...asCore }),
    answer,
    one.make('read', { at: atMinute(111), messages: [answer._id], ...asTeam }),
    one.make('handling', { at: atMinute(108), step: 'assign', to: 'core1', ...asCore }),
    one.make('handling', { at: atMinute(112), step: 'done', ...asCore }),
    one.make('ask', { at: atMinute(113), photo: photo._id, variant: 'large', ...asTeam }),
    noticeFact(1),
    noticeFact(2, { audience: { teams: ['13'] }, urgent: true }),
    untrue,
    withdrawal(4, untrue),
    one.answer({ good: 'yes', words: '楽しかった' }),
    other.answer({ good: 'no' }, { at: atMinute(100) }),
    other.answer({ good: 'yes' }, { at: atMinute(101) }),
  ]
  return {
    plan: [guideDoc(), surveyDoc(), palettePlanDoc(picture), recolourDoc(photo, picture), ...publishedDocs()],
    facts,
    files,
  }
}

/** A ranking of class `a` that was published early in the day. */
function publishedDocs(): [SnapshotDoc, PublicationDoc] {
  const made = { event: 'demo', at: atMinute(130), by: 'admin1' }
  const snapshot: SnapshotDoc = {
    ...made,
    _id: 'snapshot:01JZZZZZZZ0000000000000001',
    type: 'snapshot',
    name: '',
    occasion: 'publish',
    hash: '0'.repeat(64),
    teamCount: 1,
    plan: scoringPlan(planOf()),
    teams: [['13', "O'Brien", 0, 15, 0, -5, 1, 0, null]],
    rankings: [{ classId: 'a', rows: [[0, null, 0, 'no-goal', 0]] }],
    overall: [[0, null, 0, 'no-goal', 0, 'a', null]],
  }
  const { at, by } = made
  const shown = { state: 'published', at, by, snapshot: snapshot._id, publishedAt: at } as const
  const standing = { a: shown, _overall: shown }
  return [snapshot, { _id: 'publication', type: 'publication', event: 'demo', classes: standing }]
}

/** Everything worked off, and what goes out only every half minute gone out. */
export async function settleDown(it: OpenEvent, runner: { drain(): Promise<void> }): Promise<void> {
  await runner.drain()
  it.clock.advance(60_000)
  await runner.drain()
}
