export type CameraProblem = 'denied' | 'none' | 'busy'
export type Lens = { id: string; label: string }

export type Camera = {
  stream: MediaStream
  lensId: string | undefined
  /** Null: this lens has no light. */
  torch: ((on: boolean) => Promise<void>) | null
  stop(): void
}
export type CameraOutcome = { ok: true; camera: Camera } | { ok: false; problem: CameraProblem }

/** The torch is in no standard library's types yet: https://w3c.github.io/mediacapture-image/#torch */
type TorchCapabilities = MediaTrackCapabilities & { torch?: boolean }
type TorchConstraints = MediaTrackConstraintSet & { torch?: boolean }

type CameraWish = { lensId?: string | undefined; facing?: 'environment' | 'user'; widthPixels?: number }

/** Opens the chosen lens, or the one that looks away from the person. */
export async function openCamera({
  lensId,
  facing = 'environment',
  widthPixels = 1280,
}: CameraWish = {}): Promise<CameraOutcome> {
  if (!navigator.mediaDevices?.getUserMedia) return { ok: false, problem: 'none' }
  const size = { width: { ideal: widthPixels }, height: { ideal: Math.round(widthPixels * 0.75) } }
  const wish = lensId ? { deviceId: { exact: lensId } } : { facingMode: { ideal: facing } }
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, ...wish } })
    return { ok: true, camera: opened(stream) }
  } catch (error) {
    const problem = problemOf(error)
    // A lens that was chosen once may be unplugged or renamed since: any other is better than none.
    if (lensId && problem === 'none') return openCamera({ facing, widthPixels })
    return { ok: false, problem }
  }
}

function opened(stream: MediaStream): Camera {
  const track = stream.getVideoTracks()[0]
  const capabilities: TorchCapabilities = track?.getCapabilities?.() ?? {}
  const light = (on: boolean) => {
    const constraints: TorchConstraints = { torch: on }
    return track?.applyConstraints({ advanced: [constraints] }) ?? Promise.resolve()
  }
  return {
    stream,
    lensId: track?.getSettings().deviceId,
    torch: capabilities.torch ? light : null,
    stop: () => {
      for (const one of stream.getTracks()) one.stop()
    },
  }
}

function problemOf(error: unknown): CameraProblem {
  const name = error instanceof DOMException ? error.name : ''
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'denied'
  if (name === 'NotReadableError' || name === 'AbortError') return 'busy'
  return 'none'
}

/** The lenses there are; browsers name them only after the camera was allowed once. */
export async function listLenses(): Promise<Lens[]> {
  const devices = (await navigator.mediaDevices?.enumerateDevices?.()) ?? []
  return devices.filter(({ kind }) => kind === 'videoinput').map(({ deviceId, label }) => ({ id: deviceId, label }))
}
