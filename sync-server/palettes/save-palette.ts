import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Caller } from '../../design-docs/access.ts'
import { databaseName } from '../../design-docs/databases.ts'
import { AppError } from '../../design-docs/errors.ts'
import { arrival, original, photo } from '../../design-docs/facts.ts'
import { factId, palettePlanId, ulid } from '../../design-docs/ids.ts'
import { type PalettePlan, palettePlan, type putPalette } from '../../design-docs/palettes.ts'
import type { Storage } from '../images/storage.ts'
import { withheld } from '../images/withheld.ts'
import type { Installation } from '../login/installation.ts'
import { serverClaim } from '../setup/server-claim.ts'
import { writeFactsOnce } from '../setup/write-facts-once.ts'
import { inspectPicture, pieceBytes } from '../uploads/inspect-picture.ts'

export type Palettes = { it: Installation; storage: Storage }
export type NewPalette = { event: string; bytes: Uint8Array; name: PalettePlan['name']; k: number | null }

const deskOf = ({ it }: Pick<Palettes, 'it'>, event: string) => it.couch.database(databaseName(event, 'desk'))

/**
 * Takes a picture that becomes a palette, hidden at first: its bytes into storage, then its facts, then what is said of
 * it. Its id is made of its content, so that the same picture is the same palette, however often it is brought.
 */
export async function addPalette(
  of: Palettes,
  caller: Pick<Caller, 'account' | 'device'>,
  asked: NewPalette,
): Promise<PalettePlan> {
  const { it, storage } = of
  const { event, bytes, name, k } = asked
  const seen = await inspectPicture(it, bytes)
  if (seen.problem === 'infected' || seen.problem === 'unscanned')
    throw await withheld(of, { ...asked, by: caller.account }, seen)
  if (seen.problem) {
    const problem = seen.problem === 'too-large' || seen.problem === 'too-many-pixels' ? 'too-large' : 'unreadable'
    throw new AppError('ZK-PLAN-002', {
      figures: { fields: [{ field: 'picture', problem }], problem: seen.problem },
    })
  }
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const storageKey = `${event}/original/${sha256}`
  if (!(await storage.has(storageKey))) await storage.put(storageKey, bytes, seen.contentType)
  const text = ulid(0, createHash('sha256').update(`palette:${event}:${sha256}`).digest())
  const ids = {
    photo: factId('staff', 'photo', text),
    original: factId('staff', 'original', text),
    arrival: factId('staff', 'arrival', text),
  }
  const now = serverClaim(event, it.now())
  const preview = { preview: { content_type: 'image/jpeg', data: seen.preview.toString('base64') } }
  await writeFactsOnce(it.couch, event, [
    photo.parse({
      ...now,
      by: caller.account,
      as: 'admin',
      device: caller.device,
      _id: ids.photo,
      type: 'photo',
      purpose: 'palette',
      takenAt: it.now(),
      sha256,
      bytes: bytes.length,
      width: seen.width,
      height: seen.height,
      contentType: seen.contentType,
      pieces: seen.pieces,
      pieceBytes,
      ...(preview && { _attachments: preview }),
    }),
    original.parse({ ...now, _id: ids.original, type: 'original', photo: ids.photo, storageKey }),
    arrival.parse({
      ...now,
      ...{ _id: ids.arrival, type: 'arrival', facts: [ids.photo], receivedAt: it.now(), server: it.server },
    }),
  ])
  return await firstPlan(of, { event, photo: ids.photo, name, k })
}

/** After the others; one that was removed comes back as it was, hidden. */
async function firstPlan(
  of: Palettes,
  { event, photo: id, name, k }: { event: string; photo: string; name: PalettePlan['name']; k: number | null },
): Promise<PalettePlan> {
  const plans = await readPlans(of, event)
  const standing = plans.find((plan) => plan.photo === id)
  if (standing && standing.state !== 'removed') return standing
  const order = plans.reduce((last, plan) => Math.max(last, plan.order), 0) + 1
  const plan: PalettePlan = standing
    ? { ...standing, state: 'hidden', changedAt: of.it.now() }
    : { _id: palettePlanId(id), type: 'palette-plan', event, photo: id, name, state: 'hidden', order, k }
  const rev = await deskOf(of, event).put(plan)
  if (rev !== null) return { ...plan, _rev: rev }
  return palettePlan.parse(await deskOf(of, event).get(plan._id))
}

export async function readPlans(of: Pick<Palettes, 'it'>, event: string): Promise<PalettePlan[]> {
  const prefix = palettePlanId('')
  const rows = await deskOf(of, event).all({ startkey: prefix, endkey: `${prefix}\ufff0`, includeDocs: true })
  const plans = rows.flatMap(({ doc }) => (doc ? [palettePlan.parse(doc)] : []))
  return plans.sort((one, other) => one.order - other.order || (one._id < other._id ? -1 : 1))
}

/** ZK-PLAN-001 with the other version in `figures.theirs` when someone saved meanwhile. */
export async function savePalette(
  of: Pick<Palettes, 'it'>,
  { event, photo: id }: { event: string; photo: string },
  wanted: z.infer<typeof putPalette>,
): Promise<PalettePlan> {
  const desk = deskOf(of, event)
  const current = palettePlan.safeParse(await desk.get(palettePlanId(id)))
  if (!current.success) throw new AppError('ZK-PLAN-004', { figures: { palette: id } })
  if (!wanted.name.ja && !wanted.name.en) {
    throw new AppError('ZK-PLAN-002', { figures: { fields: [{ field: 'name', problem: 'missing' }] } })
  }
  const isOther = wanted.k !== current.data.k || (wanted.state === 'removed') !== (current.data.state === 'removed')
  const next: PalettePlan = { ...current.data, ...wanted, ...(isOther && { changedAt: of.it.now() }) }
  const rev = wanted._rev === current.data._rev ? await desk.put(next) : null
  if (rev === null)
    throw new AppError('ZK-PLAN-001', { figures: { theirs: palettePlan.parse(await desk.get(next._id)) } })
  return { ...next, _rev: rev }
}
