import './entry.css'
import { render } from 'preact'
import { createClock } from '../../device/clock.ts'
import { createHttp } from '../../store/http.ts'
import type { Ports } from '../../store/ports.ts'
import { createEntryApi } from './entry-api.ts'
import { EntryApp } from './entry-app.tsx'

/** Shows the screens of an entry, which need neither a sign-in nor the databases of the team app. */
export function startEntry(ports: Ports, root: HTMLElement): void {
  const clock = createClock(ports.clock)
  const api = createEntryApi(createHttp(ports, clock, () => undefined))
  const now = () => clock.stamp().at
  root.replaceChildren()
  const tools = { api, ports, shelf: localStorage, tabShelf: sessionStorage, now, fresh: new Map() }
  render(<EntryApp tools={tools} />, root)
}
