import '../ui/theme.ts'
import { render } from 'preact'
import { startWorker } from '../ui/worker-updates.ts'
import { App } from './app.tsx'
import { openDesk } from './desk/desk.ts'
import { readInvitationLink } from './invitation.ts'

readInvitationLink()
const root = document.getElementById('app')
if (root) render(<App desk={openDesk(__APP_VERSION__)} />, root)
if (import.meta.env.PROD) void startWorker('/admin/worker.js', '/admin/')
