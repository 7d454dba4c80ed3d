/** Hands bytes to the browser as a file to be saved. */
export function saveFile(bytes: ArrayBuffer | Blob, { name, type }: { name: string; type: string }): void {
  const url = URL.createObjectURL(new Blob([bytes], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser has taken it by then; a page of sheets is too large to be kept for as long as the console is open.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
