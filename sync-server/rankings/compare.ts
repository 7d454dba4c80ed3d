import type { Ranking } from '../../design-docs/derived.ts'
import { overallId } from '../../design-docs/ids.ts'
import {
  type Comparison,
  mostChanges,
  type PublicationDoc,
  type ScoringPlan,
  type SnapshotDoc,
  type SnapshotLine,
} from '../../design-docs/rankings.ts'
import { comparePlans, compareRankings, movedByItself } from '../../functions/rules/compare-rankings.ts'
import { unpackRanking } from '../../functions/rules/snapshot.ts'
import type { Couch } from '../couch/client.ts'
import type { DeskView } from '../results/desk-view.ts'
import { causesOf } from './causes.ts'
import { readPublication } from './publication.ts'
import { lineOf, readSnapshot, snapshotOf } from './snapshots.ts'

/** One side of a comparison. */
type Side = {
  line: SnapshotLine | null
  classIds: string[]
  ranking(classId: string): Ranking | null
  /** Null where nothing is to be compared. */
  plan: ScoringPlan | null
  at: number
}
/** Causes are looked up for as many teams. */
const mostTeams = 200

/** What changed from one snapshot, or from what the public sees, to another snapshot, or to the present. */
export async function compare(
  couch: Couch,
  view: DeskView,
  { event, from, to, nowMs }: { event: string; from: string; to: string; nowMs: number },
): Promise<Comparison> {
  const after = to === 'now' ? presentSide(view, nowMs) : sideOf(await readSnapshot(couch, event, to))
  const before = from === 'public' ? await publicSide(couch, event) : sideOf(await readSnapshot(couch, event, from))
  const classIds = [...new Set([...after.classIds, ...(from === 'public' ? [] : before.classIds)])]
  const rankings = classIds.map((classId) => {
    const [old, now] = [before.ranking(classId), after.ranking(classId)]
    const changes = old ? compareRankings(classId, old, now) : []
    return { classId, isNew: old === null, teams: now?.rows.length ?? 0, changes }
  })
  const moved = rankings.flatMap(({ changes }) => changes.filter(movedByItself).map(({ team }) => team))
  const teams = [...new Set(moved)].slice(0, mostTeams)
  return {
    from: before.line,
    to: after.line,
    rankings: rankings.map(({ changes, ...one }) => ({ ...one, changed: changes.length })),
    changes: rankings.flatMap(({ changes }) => changes.slice(0, mostChanges)),
    causes: await causesOf(couch, teams, { event, after: before.at, until: after.at }),
    plan: before.plan && after.plan ? comparePlans(before.plan, after.plan) : [],
  }
}

function sideOf(doc: SnapshotDoc): Side {
  return {
    line: lineOf(doc),
    classIds: [...doc.rankings.map(({ classId }) => classId), overallId],
    ranking: (classId) => unpackRanking(doc, classId),
    plan: doc.plan,
    at: doc.at,
  }
}

function presentSide(view: DeskView, nowMs: number): Side {
  const doc = snapshotOf(view, { by: 'server', name: '', occasion: 'hand', nowMs, ulid: '' })
  return { ...sideOf(doc), line: null, at: Number.MAX_SAFE_INTEGER }
}

/** What the public sees may be of several moments; what came since the earliest of them is told. */
async function publicSide(couch: Couch, event: string): Promise<Side> {
  const shown = shownIn(await readPublication(couch, event))
  const ids = [...new Set(shown.values())]
  const docs = new Map(
    await Promise.all(
      ids.map(async (id) => [id, await readSnapshot(couch, event, id.slice('snapshot:'.length))] as const),
    ),
  )
  const [earliest] = [...docs.values()].sort((one, other) => one.at - other.at)
  return {
    line: earliest && docs.size === 1 ? lineOf(earliest) : null,
    classIds: [...shown.keys()],
    ranking: (classId) => {
      const doc = docs.get(shown.get(classId) ?? '')
      return doc ? unpackRanking(doc, classId) : null
    },
    plan: earliest?.plan ?? null,
    at: earliest?.at ?? 0,
  }
}

function shownIn(publication: PublicationDoc | null): Map<string, string> {
  const standings = Object.entries(publication?.classes ?? {})
  return new Map(
    standings.flatMap(([id, own]) =>
      own.state === 'published' || own.state === 'reopened' ? [[id, own.snapshot] as const] : [],
    ),
  )
}
