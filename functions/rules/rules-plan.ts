import type { CheckpointDoc, EventDoc } from '../../design-docs/plan.ts'

/** The part of the plan by which teams are judged; checkpoints by number. */
export type RulesPlan = { event: EventDoc; checkpoints: ReadonlyMap<string, CheckpointDoc> }
