import { randomUUID } from 'node:crypto'

const bootId = randomUUID()

/** Who, with what and when, for a fact that the server itself writes; its clock needs no correction. */
export const serverClaim = (event: string, nowMs: number) =>
  ({
    event,
    by: 'server',
    as: 'server',
    device: 'server',
    at: nowMs,
    deviceAt: nowMs,
    offsetMs: 0,
    measuredAt: nowMs,
    bootId,
    monotonicMs: Math.round(performance.now()),
  }) as const
