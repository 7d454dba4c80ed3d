import type {
  Card,
  ImageDoc,
  MessageDoc,
  NoticeDoc,
  Ranking,
  TeamDoc,
  ThreadDoc,
  Verdict,
} from '../../design-docs/derived.ts'
import type { PageDoc } from '../../design-docs/pages.ts'
import type { PaletteDoc, PalettePlan, PortraitDoc, RecolourDoc, RecolouredDoc } from '../../design-docs/palettes.ts'
import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'
import type { PublicationDoc, SnapshotDoc } from '../../design-docs/rankings.ts'
import type { SurveyDoc, TallyDoc } from '../../design-docs/surveys.ts'

/** Pages, surveys and their counts, and what is published, are read when they are asked for; here they are only news. */
type NewsDoc =
  | PageDoc
  | SurveyDoc
  | TallyDoc
  | PublicationDoc
  | SnapshotDoc
  | PaletteDoc
  | PalettePlan
  | PortraitDoc
  | RecolourDoc
  | RecolouredDoc

/** `desk` as it stands, in memory; plan and derived documents by their natural keys. */
export type DeskView = {
  /** Null until the event's document has been seen. */
  event: EventDoc | null
  checkpoints: Map<string, CheckpointDoc>
  teams: Map<string, TeamDoc>
  cards: Map<string, Card>
  /** By check-in. */
  verdicts: Map<string, Verdict>
  /** By class. */
  rankings: Map<string, Ranking>
  /** By photo. */
  images: Map<string, ImageDoc>
  /** By id. */
  notices: Map<string, NoticeDoc>
  /** By team. What was said in them is read when it is looked at. */
  threads: Map<string, ThreadDoc>
}
export type DeskDoc =
  | EventDoc
  | CheckpointDoc
  | TeamDoc
  | Card
  | Verdict
  | Ranking
  | ImageDoc
  | NoticeDoc
  | ThreadDoc
  | MessageDoc
  | NewsDoc

export const emptyView = (): DeskView => ({
  event: null,
  checkpoints: new Map(),
  teams: new Map(),
  cards: new Map(),
  verdicts: new Map(),
  rankings: new Map(),
  images: new Map(),
  notices: new Map(),
  threads: new Map(),
})

/** Takes one document in; what other rooms keep in `desk` is passed over. */
export function takeIn(view: DeskView, doc: { _id: string; type?: unknown }): DeskDoc | null {
  const known = doc as DeskDoc
  switch (known.type) {
    case 'event':
      view.event = known
      return known
    case 'checkpoint':
      view.checkpoints.set(known.number, known)
      return known
    case 'team':
      view.teams.set(known.number, known)
      return known
    case 'card':
      view.cards.set(known.team, known)
      return known
    case 'verdict':
      view.verdicts.set(known.checkin, known)
      return known
    case 'ranking':
      view.rankings.set(known.classId, known)
      return known
    case 'image':
      view.images.set(known.photo, known)
      return known
    case 'notice':
      view.notices.set(known._id, known)
      return known
    case 'thread':
      view.threads.set(known.team, known)
      return known
    case 'message':
    case 'page':
    case 'survey':
    case 'tally':
    case 'publication':
    case 'snapshot':
    case 'palette':
    case 'palette-plan':
    case 'portrait':
    case 'recolour':
    case 'recoloured':
      return known
    default:
      return null
  }
}

/** Takes a removed document out by its id. */
export function takeOut(view: DeskView, id: string): void {
  const key = id.slice(id.indexOf(':') + 1)
  if (id.startsWith('checkpoint:')) view.checkpoints.delete(key)
  else if (id.startsWith('team:')) view.teams.delete(key)
  else if (id.startsWith('card:')) view.cards.delete(key)
  else if (id.startsWith('verdict:')) view.verdicts.delete(key)
  else if (id.startsWith('ranking:')) view.rankings.delete(key)
  else if (id.startsWith('image:')) view.images.delete(key)
  else if (id.startsWith('notice:')) view.notices.delete(id)
  else if (id.startsWith('thread:')) view.threads.delete(key)
}
