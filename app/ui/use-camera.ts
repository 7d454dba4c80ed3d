import { useEffect, useRef, useState } from 'preact/hooks'
import { type Camera, type CameraProblem, openCamera } from '../device/camera.ts'

export type CameraState =
  | { state: 'starting' }
  | { state: 'open'; camera: Camera }
  | { state: 'failed'; problem: CameraProblem }

type CameraWish = { lensId: string; facing?: 'environment' | 'user'; widthPixels: number }

/**
 * Opens a camera while the component is there and the page is seen, and shows it in the video of the returned ref.
 * A phone takes the camera from a hidden page without a word, so it is opened anew on return.
 */
export function useCamera({ lensId, facing = 'environment', widthPixels }: CameraWish) {
  const video = useRef<HTMLVideoElement>(null)
  const [state, setState] = useState<CameraState>({ state: 'starting' })
  const [tries, setTries] = useState(0)

  useEffect(() => {
    let wanted = true
    let open: Camera | undefined
    setState({ state: 'starting' })
    void openCamera({ lensId, facing, widthPixels }).then((outcome) => {
      if (!wanted) {
        if (outcome.ok) outcome.camera.stop()
        return
      }
      if (!outcome.ok) return setState({ state: 'failed', problem: outcome.problem })
      const camera = outcome.camera
      open = camera
      const shown = video.current
      if (!shown) return
      // Before its first frame a camera has no picture to take.
      shown.onloadeddata = () => wanted && setState({ state: 'open', camera })
      shown.srcObject = camera.stream
      // Autoplay of a muted inline video is allowed everywhere; an abort only means that a newer one plays.
      void shown.play().catch(() => undefined)
    })
    return () => {
      wanted = false
      open?.stop()
    }
  }, [lensId, facing, widthPixels, tries])

  useEffect(() => {
    const returned = () => {
      const track = (video.current?.srcObject as MediaStream | null)?.getVideoTracks()[0]
      if (document.visibilityState === 'visible' && track?.readyState !== 'live') setTries((n) => n + 1)
    }
    document.addEventListener('visibilitychange', returned)
    return () => document.removeEventListener('visibilitychange', returned)
  }, [])

  return { video, state, retry: () => setTries((n) => n + 1) }
}
