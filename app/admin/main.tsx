import '../ui/theme.ts'
import { render } from 'preact'
import { readInvitationLink } from '../ui/invitation-link.ts'
import { startWorker } from '../ui/worker-updates.ts'
import { App } from './app.tsx'
import { openDesk } from './desk/desk.ts'
import { readSetUpLink } from './set-up/set-up-link.ts'

readInvitationLink()
readSetUpLink()
const root = document.getElementById('app')
root?.replaceChildren()
if (root) render(<App desk={openDesk(__APP_VERSION__)} />, root)
// Only a built app has a worker; without one everything works but a start without a network.
if (import.meta.env.PROD) startWorker('/admin/worker.js', '/admin/').catch(() => undefined)
