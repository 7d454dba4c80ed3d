import { computed, type ReadonlySignal, signal } from '@preact/signals'
import type { OwnTeam } from '../own-team.ts'

export const readyItems = ['app', 'copy', 'clock', 'storage', 'position', 'camera'] as const
export type ReadyItem = (typeof readyItems)[number]
/** `ask`: the person can have it done here; `unknown`: this browser does not tell. */
export type ReadyState = 'done' | 'ask' | 'waiting' | 'refused' | 'unknown'
export type Readiness = Record<ReadyItem, ReadyState>

const appState = signal<ReadyState>('waiting')
const permissions = { geolocation: signal<ReadyState>('unknown'), camera: signal<ReadyState>('unknown') }
const states: Record<PermissionState, ReadyState> = { granted: 'done', prompt: 'ask', denied: 'refused' }

/** Follows what the browser grants and whether the app is kept; once for the life of the page. */
export function watchReadiness(): void {
  if (watching) return
  watching = true
  if (!('serviceWorker' in navigator)) appState.value = 'refused'
  else {
    void navigator.serviceWorker.ready.then(() => {
      appState.value = 'done'
    })
  }
  for (const [name, state] of Object.entries(permissions)) void followPermission(name as PermissionName, state)
}
let watching = false

async function followPermission(name: PermissionName, state: { value: ReadyState }): Promise<void> {
  // Some browsers know no such question; the person is asked when the camera or the position is wanted.
  const status = await navigator.permissions?.query({ name }).catch(() => null)
  if (!status) return
  const read = () => {
    state.value = states[status.state]
  }
  read()
  status.addEventListener('change', read)
}

/** What a phone needs before it goes where there is no signal, and how far each is. */
export function readinessOf({ store, copy }: Pick<OwnTeam, 'store' | 'copy'>): ReadonlySignal<Readiness> {
  return computed(() => ({
    app: appState.value,
    copy: copy.value === 'complete' && store.mirrors.board.state.value === 'complete' ? 'done' : 'waiting',
    clock: store.status.clock.value === 'measured' ? 'done' : 'waiting',
    storage: storageState(store.status.storage.value),
    position: permissions.geolocation.value,
    camera: permissions.camera.value,
  }))
}

function storageState({ persisted, room }: { persisted: boolean | null; room: string }): ReadyState {
  if (room === 'low') return 'refused'
  return persisted === null ? 'unknown' : persisted ? 'done' : 'ask'
}

/** Nothing is missing that would stop the phone: what the browser does not tell, or has no promise for, does not count. */
export const isReady = (readiness: Readiness): boolean =>
  (['app', 'copy', 'clock'] as const).every((item) => readiness[item] === 'done') &&
  (['position', 'camera'] as const).every((item) => readiness[item] === 'done' || readiness[item] === 'unknown') &&
  readiness.storage !== 'refused'

/** Asks the person for what the browser wants to be asked for; false when nothing was promised. */
export async function askFor(item: ReadyItem): Promise<boolean> {
  if (item === 'storage') return (await navigator.storage?.persist?.()) ?? false
  if (item !== 'camera') return false
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ video: true })
    for (const track of stream.getTracks()) track.stop()
    permissions.camera.value = 'done'
    return true
  } catch {
    // Said no, or there is no camera; the list says what the browser holds now.
    return false
  }
}
