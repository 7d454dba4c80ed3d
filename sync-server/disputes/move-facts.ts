import { createHash } from 'node:crypto'
import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import type { Decision } from '../../design-docs/decisions.ts'
import { AppError } from '../../design-docs/errors.ts'
import {
  type CheckinFact,
  checkin as checkinSchema,
  type Fact,
  type FactOf,
  type PhotoFact,
  photo as photoSchema,
  voidFact,
} from '../../design-docs/facts.ts'
import { factId, subjectOf, ulid, ulidTime } from '../../design-docs/ids.ts'
import { voidedFacts } from '../../functions/rules/void-facts.ts'
import type { Couch } from '../couch/client.ts'
import { roleFor } from '../results/decision-fact.ts'
import type { DeskView } from '../results/desk-view.ts'
import { factsOfTeam } from '../results/evidence.ts'
import { serverClaim } from '../setup/server-claim.ts'

export type Move = Extract<Decision, { kind: 'move' }>
export type Mover = { author: Caller; event: string; view: DeskView; nowMs: number }
export type Moved = {
  checkin: CheckinFact
  /** The photos that go with it, without their previews. */
  photos: PhotoFact[]
  undo: FactOf<'void'>
  was: Pick<CheckinFact, 'team' | 'checkpoint'>
}

/**
 * What moving a check-in writes: the same one where it belongs, its photos with it, and the void of the old one. Time and
 * place stay as they were recorded and best known; all ids are made of the decision's. ZK-JUDGE-001: there is no such
 * check-in; ZK-PLAN-004: no such team or checkpoint; ZK-SYS-004: it is there already.
 */
export async function moveFacts(couch: Couch, move: Move, by: Mover): Promise<Moved> {
  const { view, event, author, nowMs } = by
  const facts = await factsOfTeam(couch, event, subjectOf(move.checkin))
  const old = facts.find((fact): fact is CheckinFact => fact._id === move.checkin && fact.type === 'checkin')
  if (!old) throw new AppError('ZK-JUDGE-001', { figures: { target: move.checkin } })
  const { team = old.team, checkpoint = old.checkpoint } = move.to
  if (!view.teams.has(team)) throw new AppError('ZK-PLAN-004', { figures: { team } })
  if (!view.checkpoints.has(checkpoint)) throw new AppError('ZK-PLAN-004', { figures: { checkpoint } })
  const same = team === old.team
  if (same && checkpoint === old.checkpoint) throw new AppError('ZK-SYS-004')

  const id = factId(team, 'checkin', move.id)
  const begun = await couch.database(databaseName(event, 'log')).get(id)
  const at = typeof begun?.at === 'number' ? begun.at : view.verdicts.get(old._id)?.at
  if (at === undefined) throw new AppError('ZK-JUDGE-001', { figures: { target: move.checkin } })
  const claimAt = (instant: number) => ({
    ...serverClaim(event, instant),
    by: author.account,
    as: roleFor(author.roles, 'review', team),
    device: author.device,
  })
  const voided = voidedFacts(facts.filter((fact) => fact.type !== 'void' || fact.fact !== old._id))
  const photos = facts.filter(
    (fact): fact is PhotoFact => fact.type === 'photo' && fact.checkin === old._id && !voided.has(fact._id),
  )
  const { bibIssue, membersPresent, ...recorded } = old
  return {
    was: { team: old.team, checkpoint: old.checkpoint },
    checkin: checkinSchema.parse({
      ...withoutRevision(recorded),
      ...claimAt(at),
      _id: id,
      team,
      checkpoint,
      // Whose it is a person says now, whatever bib was read.
      ...(same ? { ...(bibIssue && { bibIssue }), ...(membersPresent && { membersPresent }) } : { verified: true }),
      moved: { from: old._id, as: old.moved?.as ?? old.as },
    }),
    photos: photos.map((photo) => {
      const { _attachments, ...rest } = photo
      return photoSchema.parse({
        ...withoutRevision(rest),
        ...claimAt(photo.at),
        _id: factId(team, 'photo', derived(move.id, photo._id)),
        team,
        checkin: id,
        movedFrom: photo._id,
      })
    }),
    undo: voidFact.parse({
      ...claimAt(nowMs - move.ageMs),
      _id: factId(old.team, 'void', move.id),
      type: 'void',
      team: old.team,
      fact: old._id,
      reason: move.reason,
    }),
  }
}

function withoutRevision<F extends Partial<Fact>>({ _rev, ...fact }: F) {
  return fact
}

const derived = (id: string, text: string) =>
  ulid(ulidTime(id), new Uint8Array(createHash('sha256').update(`${id} ${text}`).digest().subarray(0, 10)))
