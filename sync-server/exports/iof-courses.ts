import type { CheckpointDoc } from '../../design-docs/plan.ts'
import { compareNumbers } from '../../functions/rules/rank.ts'
import { iofMessage } from './iof-event.ts'
import type { ResultSet } from './result-set.ts'
import { said } from './sheets.ts'
import { xmlElement, xmlLeaf, xmlText } from './xml-text.ts'

const types: Record<CheckpointDoc['kind'], string> = {
  start: 'Start',
  goal: 'Finish',
  photo: 'Control',
  staffed: 'Control',
}

/**
 * The checkpoints as IOF CourseData: one course whose controls are visited in any order, each with its score. Cancelled
 * ones are controls that no course has.
 */
export function* iofCourses(set: ResultSet): Generator<string> {
  const { source, language } = set
  const { begin, end } = iofMessage('CourseData', set)
  const checkpoints = [...source.checkpoints.values()].sort((a, b) => compareNumbers(a.number, b.number))
  const inCourse = inOrder(checkpoints.filter(({ cancelled }) => !cancelled))
  yield `${begin}<RaceCourseData>\n`
  for (const one of checkpoints) yield `${control(one)}\n`
  // A course of fewer than two is none.
  if (inCourse.length >= 2) {
    const name = said(source.event.name, language)
    yield `${xmlElement('Course', {}, xmlLeaf('Name', name) + inCourse.map(courseControl).join(''))}\n`
    for (const { id, name: className } of source.event.classes) {
      const parts =
        xmlLeaf('ClassId', id) + xmlLeaf('ClassName', said(className, language)) + xmlLeaf('CourseName', name)
      yield `${xmlElement('ClassCourseAssignment', {}, parts)}\n`
    }
  }
  yield `</RaceCourseData>\n${end}`
}

const rank = { start: 0, photo: 1, staffed: 1, goal: 2 } as const
const inOrder = (checkpoints: readonly CheckpointDoc[]) =>
  checkpoints.toSorted((a, b) => rank[a.kind] - rank[b.kind] || compareNumbers(a.number, b.number))

function control({ number, name, lat, lng, kind }: CheckpointDoc): string {
  const names = (['ja', 'en'] as const).flatMap((language) =>
    name[language] ? xmlElement('Name', { language }, xmlText(name[language])) : [],
  )
  const parts = [xmlLeaf('Id', number), ...names, xmlElement('Position', { lng, lat })]
  return xmlElement('Control', { type: types[kind] }, parts.join(''))
}

function courseControl({ number, points, kind }: CheckpointDoc): string {
  const isFree = types[kind] === 'Control'
  const attributes = { type: types[kind], randomOrder: isFree ? 'true' : undefined }
  return xmlElement('CourseControl', attributes, xmlLeaf('Control', number) + xmlLeaf('Score', points))
}
