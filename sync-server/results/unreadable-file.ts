import { AppError } from '../../design-docs/errors.ts'
import type { FileProblem } from '../../design-docs/imports.ts'

/** The refusal of a whole file: what is wrong with it, in which line, and with which words of it. */
export const unreadableFile = (problem: FileProblem, about: { line?: number; is?: string } = {}): AppError =>
  new AppError('ZK-PLAN-002', { figures: { fields: [{ field: 'file', problem, ...about }] } })
