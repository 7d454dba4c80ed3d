import { converse } from '../../functions/converse.ts'
import { countAnswers } from '../../functions/count-answers.ts'
import type { FunctionSpec } from '../../functions/define.ts'
import { develop } from '../../functions/develop.ts'
import { gatherAnswers } from '../../functions/gather-answers.ts'
import { handOut } from '../../functions/hand-out.ts'
import { rank } from '../../functions/rank.ts'
import { settle } from '../../functions/settle.ts'
import { share } from '../../functions/share.ts'

/** Those whose work the checks look at; each further one costs every seed. */
export const fuzzedFunctions: readonly FunctionSpec[] = [
  develop,
  settle,
  rank,
  converse,
  gatherAnswers,
  countAnswers,
  share,
  handOut,
]
