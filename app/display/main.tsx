import { render } from 'preact'
import { browserPorts } from '../store/browser-ports.ts'
import { openStore } from '../store/open-store.ts'
import { readInvitationLink } from '../ui/invitation-link.ts'
import { startWorker } from '../ui/worker-updates.ts'
import { App } from './app.tsx'
import { createBoard } from './board.ts'

const root = document.getElementById('app')
if (!root) throw new Error('no #app')

readInvitationLink()
addEventListener('hashchange', readInvitationLink)

const store = await openStore(browserPorts({ name: 'display', version: __APP_VERSION__ }))
root.replaceChildren()
render(<App board={createBoard(store)} />, root)

// Only a built app has a worker; without one everything works but a start without a network.
if (import.meta.env.PROD) startWorker('/display/worker.js', '/display/').catch(() => undefined)
