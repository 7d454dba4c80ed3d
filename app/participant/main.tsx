import { render } from 'preact'
import { browserPorts } from '../store/browser-ports.ts'
import { openStore } from '../store/open-store.ts'
import { carriesUnder } from '../store/parcels/parcel-names.ts'
import { readInvitationLink } from '../ui/invitation-link.ts'
import { startWorker } from '../ui/worker-updates.ts'
import { App } from './app.tsx'
import { createOwnTeam } from './own-team.ts'

const root = document.getElementById('app')
if (!root) throw new Error('no #app')

const ports = browserPorts({ name: 'participant', version: __APP_VERSION__ })
// Who enters a team has no session, no databases, and no use for the rest of the app.
if (/^\/team\/(?:enter|entry)\//.test(location.pathname)) {
  const { startEntry } = await import('./entry/start-entry.tsx')
  startEntry(ports, root)
} else {
  readInvitationLink()
  addEventListener('hashchange', readInvitationLink)
  const store = await openStore(ports)
  root.replaceChildren()
  render(<App own={createOwnTeam(store)} />, root)
  if (ports.keyValue.get(carriesUnder))
    void import('../parcels/carry-when-online.ts').then(
      (file) => file.carryWhenOnline(store),
      // Its status screen starts it as well.
      () => undefined,
    )
}

// Only a built app has a worker; without one everything works but a start without a network.
if (import.meta.env.PROD) startWorker('/team/worker.js', '/team/').catch(() => undefined)
