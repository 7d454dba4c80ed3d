/** What a verdict sounds like: heard without looking, told apart by pitch and rhythm. */
export type Signal = 'ok' | 'look' | 'refused'

type Note = { hertz: number; atMs: number; ms: number; shape: OscillatorType }
const tunes: Record<Signal, readonly Note[]> = {
  ok: [
    { hertz: 880, atMs: 0, ms: 90, shape: 'sine' },
    { hertz: 1320, atMs: 100, ms: 140, shape: 'sine' },
  ],
  look: [
    { hertz: 660, atMs: 0, ms: 120, shape: 'triangle' },
    { hertz: 660, atMs: 190, ms: 120, shape: 'triangle' },
  ],
  refused: [{ hertz: 196, atMs: 0, ms: 450, shape: 'square' }],
}
const vibrations: Record<Signal, number[]> = { ok: [60], look: [80, 70, 80], refused: [350] }

let audio: AudioContext | undefined

/** Browsers keep sound locked until a touch or key; calling this in one opens it. */
export function unlockSound(): void {
  audio ??= new AudioContext()
  // A context that stays suspended makes no sound; colour, words and vibration still say the same.
  void audio.resume().catch(() => undefined)
}

/** Sounds and vibrates where the phone can; never waits and never fails. */
export function give(signal: Signal): void {
  // A page that nobody has touched yet may not vibrate, and the browser complains of every try.
  if (navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(vibrations[signal])
  if (audio?.state !== 'running') return
  for (const note of tunes[signal]) play(audio, note)
}

function play(context: AudioContext, { hertz, atMs, ms, shape }: Note): void {
  const start = context.currentTime + atMs / 1000
  const end = start + ms / 1000
  const tone = new OscillatorNode(context, { type: shape, frequency: hertz })
  const volume = new GainNode(context, { gain: 0 })
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.5, start + 0.01)
  volume.gain.setValueAtTime(0.5, end - 0.03)
  volume.gain.linearRampToValueAtTime(0, end)
  tone.connect(volume).connect(context.destination)
  tone.start(start)
  tone.stop(end)
}
