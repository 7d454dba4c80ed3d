import { browserPorts } from '../../../app/store/browser-ports.ts'
import { openStore } from '../../../app/store/open-store.ts'

Object.assign(globalThis, { openStore, ports: browserPorts({ name: 'staff', version: '1' }) })
