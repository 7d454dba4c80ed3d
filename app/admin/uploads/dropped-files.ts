/** A file with the folders that it lay in. */
export type PathedFile = { path: string; file: File }

/** Files that were chosen, one by one or as a folder. */
export const chosenFiles = (list: FileList | null): PathedFile[] =>
  [...(list ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, file })).filter(isSeen)

/** Files that were dropped, with all that lies in dropped folders. To be called while the drop is being told of. */
export async function droppedFiles(data: DataTransfer): Promise<PathedFile[]> {
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null)
  if (entries.length === 0) return chosenFiles(data.files)
  const found = await Promise.all(entries.map((entry) => filesIn(entry)))
  return found.flat().filter(isSeen)
}

/** What systems put into folders for themselves. */
const isSeen = ({ path }: PathedFile) => !/(^|\/)(\.|__MACOSX\/|Thumbs\.db$|desktop\.ini$)/i.test(path)

async function filesIn(entry: FileSystemEntry): Promise<PathedFile[]> {
  const path = entry.fullPath.replace(/^\//, '')
  if (isFile(entry)) {
    // One that vanished between drop and reading is passed over; the others are still there.
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)))
    return file ? [{ path, file }] : []
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader()
  const found: PathedFile[] = []
  for (;;) {
    // A folder is told in parts, the last of which is empty.
    const part = await new Promise<FileSystemEntry[]>((resolve) => reader.readEntries(resolve, () => resolve([])))
    if (part.length === 0) return found
    for (const one of part) found.push(...(await filesIn(one)))
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
