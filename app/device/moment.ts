import type { Position } from '../../design-docs/primitives.ts'
import type { Stamp } from '../store/types.ts'
import { positionNow } from './location.ts'

/** When a button was pressed and where the phone was then; where it is later says nothing of the press. */
export type Moment = { stamp: Stamp; position: Position | undefined }

/** This moment, by a stamp that was made for it just now. */
export const momentOf = (stamp: Stamp): Moment => ({ stamp, position: positionNow(stamp.deviceAt, stamp.offsetMs) })
