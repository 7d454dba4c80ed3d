import { databaseName } from '../../design-docs/databases.ts'
import { type TeamDoc, team as teamSchema } from '../../design-docs/derived.ts'
import { AppError } from '../../design-docs/errors.ts'
import { type EventDoc, event as eventSchema } from '../../design-docs/plan.ts'
import type { PrintBibs } from '../../design-docs/print.ts'
import type { PrintedBib } from '../../functions/rules/bib-sheet.ts'
import { bibTextOf } from '../login/bib-text.ts'
import type { Installation } from '../login/installation.ts'
import { readDoc, readDocs } from '../login/office.ts'
import { byNumber } from '../results/overview.ts'

/** The bibs that were asked for, by number, each signed for the issue that holds. ZK-PLAN-004 when there are none. */
export async function bibsToPrint(
  it: Pick<Installation, 'couch' | 'keys'>,
  event: string,
  asked: PrintBibs,
): Promise<{ plan: EventDoc; bibs: PrintedBib[] }> {
  const desk = it.couch.database(databaseName(event, 'desk'))
  const plan = await readDoc(desk, 'event', eventSchema)
  if (!plan) throw new AppError('ZK-PLAN-004')
  const teams = (await readDocs(desk, 'team', teamSchema)).filter((team) => isAsked(team, asked))
  if (teams.length === 0) throw new AppError('ZK-PLAN-004', { figures: { teams: 0 } })
  teams.sort((one, other) => byNumber(one.number, other.number))
  const bibs = teams.map((team) => printedBib(it, team, { plan, language: asked.language }))
  return { plan, bibs: await Promise.all(bibs) }
}

const isAsked = ({ number, status }: TeamDoc, { teams }: PrintBibs) =>
  teams ? teams.includes(number) : status !== 'withdrawn'

type Style = { plan: EventDoc; language: 'ja' | 'en' }

async function printedBib(
  { keys }: Pick<Installation, 'keys'>,
  { event, number, name, classIds, bibs }: TeamDoc,
  { plan, language }: Style,
): Promise<PrintedBib> {
  const { issue } = bibs
  const entered = plan.classes.filter(({ id }) => classIds.includes(id))
  return {
    number,
    issue,
    text: await bibTextOf(keys, { event, number, issue }),
    name,
    classes: entered.map((one) => one.name[language]).join(language === 'ja' ? '、' : ', '),
    event: plan.name[language],
  }
}
