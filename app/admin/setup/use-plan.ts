import type { PlanPage } from '../../../design-docs/console.ts'
import { useDesk } from '../desk/context.ts'
import { type Loaded, useLoaded } from '../desk/use-loaded.ts'

/** The plan as saved, read again when someone saves. */
export function usePlan(): Loaded<PlanPage> {
  const { desk, live, who } = useDesk()
  return useLoaded<PlanPage>(`/api/events/${who.event}/plan`, { desk, live, concerns: ({ plan }) => plan })
}
