import { z } from 'zod'

/** Kind of the jobs that draw what is printed. */
export const paperJob = 'papers'

/** Lists on paper that take as long as the event is large. */
export const paperFiles = ['results.pdf', 'awards.pdf', 'certificates.pdf'] as const
export const paperFile = z.enum(paperFiles)
export type PaperFile = z.infer<typeof paperFile>

/** What such a job keeps of what was asked for; what is to be drawn lies in storage. */
export const orderedPaper = z.strictObject({
  paper: z.enum(['bibs', 'contact-sheet', ...paperFiles]),
  /** How the file is saved. */
  name: z.string().max(120),
  parts: z.int().min(1),
})
export type OrderedPaper = z.infer<typeof orderedPaper>
