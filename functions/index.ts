import { announce } from './announce.ts'
import { cluster } from './cluster.ts'
import { converse } from './converse.ts'
import { countAnswers } from './count-answers.ts'
import { countAttendance } from './count-attendance.ts'
import type { FunctionSpec } from './define.ts'
import { develop } from './develop.ts'
import { gatherAnswers } from './gather-answers.ts'
import { handOut } from './hand-out.ts'
import { offerLinks } from './offer-links.ts'
import { rank } from './rank.ts'
import { recolour } from './recolour.ts'
import { render } from './render.ts'
import { seal } from './seal.ts'
import { settle } from './settle.ts'
import { share } from './share.ts'
import { tellExternal } from './tell-external.ts'

/** Every function of the product; the runner walks this list. */
export const functions: readonly FunctionSpec[] = [
  develop,
  cluster,
  render,
  recolour,
  settle,
  rank,
  announce,
  converse,
  countAttendance,
  gatherAnswers,
  countAnswers,
  share,
  seal,
  handOut,
  offerLinks,
  tellExternal,
]
