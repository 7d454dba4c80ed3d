import type { Shelf } from './kept-drafts.ts'

/** What this phone remembers of an entry that was made on it; all else is asked of the server. */
export type KeptReceipt = { draft: string; number: string; name: string; token: string }

const under = (event: string) => `zekken.entered.${event}`

/** Newest first. */
export function receiptsOf(event: string, shelf: Shelf): KeptReceipt[] {
  try {
    return JSON.parse(shelf.getItem(under(event)) ?? '[]') as KeptReceipt[]
  } catch {
    // Of a version that kept it otherwise; the link in the mail leads there too.
    return []
  }
}

/** Puts the receipt first, in the place of an older one of the same entry. */
export function keepReceipt(event: string, receipt: KeptReceipt, shelf: Shelf): void {
  write(event, [receipt, ...others(event, receipt.draft, shelf)], shelf)
}

export const forgetReceipt = (event: string, draft: string, shelf: Shelf) =>
  write(event, others(event, draft, shelf), shelf)

const others = (event: string, draft: string, shelf: Shelf) =>
  receiptsOf(event, shelf).filter((one) => one.draft !== draft)

function write(event: string, receipts: readonly KeptReceipt[], shelf: Shelf): void {
  try {
    shelf.setItem(under(event), JSON.stringify(receipts))
  } catch {
    // No room, or a private window: the receipt is on screen, with the link that leads back to it.
  }
}
