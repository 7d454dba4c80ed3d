import type { Card } from '../../design-docs/derived.ts'
import { preview } from '../../functions/rules/preview.ts'
import type { Phone } from './phone.ts'
import { planOf } from './plan.ts'
import { ownOf } from './scan-flow.ts'

/** The team's card with this phone's own facts counted in: what the server will say once they have arrived. */
export function teamCard(phone: Phone, team: string): Card | null {
  const official = phone.card(team)
  const plan = planOf(phone)
  if (!official || !plan) return official ?? null
  return preview(official, ownOf(phone.store.outbox.facts.value, team), plan.plan)
}
