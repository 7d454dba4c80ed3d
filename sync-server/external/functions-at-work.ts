import type { FunctionSpec } from '../../functions/define.ts'
import { functions } from '../../functions/index.ts'
import { tellExternal } from '../../functions/tell-external.ts'
import type { Config } from '../config.ts'

/**
 * The functions of an installation. Without an external system nothing is to be told; once there is one, everything is,
 * from the first team on.
 */
export const functionsAtWork = ({ external }: Pick<Config, 'external'>): FunctionSpec[] =>
  functions.filter((spec) => spec !== tellExternal || external !== undefined)
