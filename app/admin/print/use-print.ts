import { useState } from 'preact/hooks'
import { words } from '../../i18n/admin-words.ts'
import type { Answer } from '../../store/http.ts'
import { saveFile } from '../../ui/save-file.ts'
import { toast } from '../../ui/toast.tsx'
import { useDesk } from '../desk/context.ts'
import { printWords } from './print-words.ts'

/** Hundreds of bibs take their time. */
const waitMs = 5 * 60_000

/** Asks the server for a PDF and saves it; `making` until it is here. */
export function usePrint(): { making: boolean; print(what: string, json: unknown): Promise<Answer> } {
  const { desk, who } = useDesk()
  const [making, setMaking] = useState(false)
  return {
    making,
    async print(what, json) {
      setMaking(true)
      const path = `/api/events/${who.event}/print/${what}`
      const answer = await desk.ask(path, { method: 'POST', json, binary: true, waitMs })
      setMaking(false)
      if (answer.kind === 'ok')
        saveFile(answer.body as ArrayBuffer, { name: `${who.event}-${what}.pdf`, type: 'application/pdf' })
      toast(answer.kind === 'ok' ? printWords.value.made : problemOf(answer))
      return answer
    },
  }
}

function problemOf(answer: Answer): string {
  const { blank } = printWords.value
  const isTaken = answer.kind === 'refused' && answer.code === 'ZK-PLAN-005'
  return isTaken ? blank.taken(String(Number(answer.figures.number))) : words.value.failed.other
}
