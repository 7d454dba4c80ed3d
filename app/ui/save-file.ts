/** Hands bytes to the browser as a file to be saved. */
export function saveFile(bytes: ArrayBuffer | Blob, { name, type }: { name: string; type: string }): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser reads it while it saves, and large ones take their time; kept for good they would fill the memory.
  setTimeout(() => URL.revokeObjectURL(url), 10 * 60_000)
}
