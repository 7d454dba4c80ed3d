/** A name by which organizers tell phones apart until someone gives a better one. */
export function deviceName(agent: string = navigator.userAgent): string {
  const known = [
    ['iPhone', /iPhone/],
    ['iPad', /iPad/],
    ['Android', /Android/],
    ['Windows', /Windows/],
    ['Mac', /Macintosh/],
  ] as const
  const system = known.find(([, pattern]) => pattern.test(agent))?.[0] ?? 'Linux'
  const model = /Android [^;)]+; ([^;)]{2,40})/.exec(agent)?.[1]?.replace(/ Build\/.*/, '')
  return model && model !== 'K' ? `${system} ${model}` : system
}
