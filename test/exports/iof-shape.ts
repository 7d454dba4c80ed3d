import { expect } from 'vitest'
import type { XmlElement } from '../../sync-server/results/parse-xml.ts'

/**
 * What of the IOF interface standard 3.0 zekken writes, in our own words: children in their order, `?` at most once,
 * `*` any number, `+` at least two; text by its form. The schema itself has no licence that lets it lie here;
 * `xmllint --schema IOF.xsd` is run by hand on what this test lets pass.
 * https://github.com/international-orienteering-federation/datastandard-v3
 */
const shapes: Record<string, string | RegExp> = {
  ResultList: 'Event ClassResult*',
  CourseData: 'Event RaceCourseData',
  Event: 'Id? Name StartTime? EndTime? Form*',
  StartTime: 'Date Time?',
  EndTime: 'Date Time?',
  ClassResult: 'Class TeamResult*',
  Class: 'Id? Name',
  TeamResult: 'Name BibNumber? TeamMemberResult*',
  TeamMemberResult: 'Person? Result*',
  Person: 'Name',
  'Person/Name': 'Family Given',
  Result: 'Leg? LegOrder? BibNumber? StartTime? FinishTime? Time? Position* Status Score* OverallResult? SplitTime*',
  OverallResult: 'Time? Position? Status Score*',
  SplitTime: 'ControlCode Time?',
  RaceCourseData: 'Control* Course* ClassCourseAssignment*',
  'RaceCourseData/Control': 'Id? Name* Position?',
  Course: 'Name CourseControl+',
  CourseControl: 'Control Score?',
  ClassCourseAssignment: 'ClassId? ClassName CourseName?',
  Form: /^(Individual|Team|Relay)$/,
  Date: /^\d{4}-\d\d-\d\d$/,
  'StartTime/Time': /^\d\d:\d\d:\d\d(\.\d+)?Z$/,
  'EndTime/Time': /^\d\d:\d\d:\d\d(\.\d+)?Z$/,
  'Result/StartTime': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  FinishTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/,
  Time: /^-?\d+(\.\d+)?$/,
  Leg: /^\d+$/,
  LegOrder: /^\d+$/,
  'Result/Position': /^\d+$/,
  'OverallResult/Position': /^\d+$/,
  Score: /^-?\d+$/,
  Status: /^(OK|DidNotFinish|OverTime|NotCompeting|Cancelled|Disqualified)$/,
}
const anyText = new Set([
  'Id',
  'Name',
  'BibNumber',
  'Family',
  'Given',
  'ControlCode',
  'Control',
  'ClassId',
  'ClassName',
  'CourseName',
])
const attributes: Record<string, readonly string[]> = {
  ResultList: ['xmlns', 'iofVersion', 'createTime', 'creator', 'status'],
  CourseData: ['xmlns', 'iofVersion', 'createTime', 'creator'],
  'Result/Position': ['type'],
  Score: ['type'],
  Control: ['type'],
  CourseControl: ['type', 'randomOrder'],
  'Control/Name': ['language'],
  'Control/Position': ['lng', 'lat'],
}

/** Fails where an element, its order, its text or an attribute is not the standard's. */
export function checkIof(element: XmlElement, parent = ''): void {
  const at = `${parent}/${element.name}`
  const known = attributes[at] ?? attributes[element.name] ?? []
  for (const name of Object.keys(element.attributes)) expect(known, `attribute of ${at}`).toContain(name)
  const shape = shapes[at] ?? shapes[element.name]
  const children = element.children.map(({ name }) => name)
  if (shape instanceof RegExp) expect(element.text, at).toMatch(shape)
  else if (shape !== undefined && !(anyText.has(element.name) && children.length === 0))
    expect(`${children.join(' ')} `, at).toMatch(orderOf(shape))
  else if (at !== 'Control/Position') expect([...anyText], at).toContain(element.name)
  for (const one of element.children) checkIof(one, element.name)
}

const orderOf = (shape: string) =>
  new RegExp(
    `^${shape.replace(/(\w+)([?*+]?) ?/g, (_, name, count) => `(?:${name} )${count === '+' ? '{2,}' : count}`)}$`,
  )
