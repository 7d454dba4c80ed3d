import type { EventDoc } from '../../design-docs/plan.ts'
import type { ResultSet } from './result-set.ts'
import { said } from './sheets.ts'
import { xmlElement, xmlLeaf } from './xml-text.ts'

/** A moment as XML Schema writes it, in UTC. */
export const xmlTime = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z')

/**
 * A message of the interface standard of the International Orienteering Federation, version 3.0; how score events are
 * mapped to it is in docs/iof-xml.md. https://github.com/international-orienteering-federation/datastandard-v3
 */
export function iofMessage(
  name: 'ResultList' | 'CourseData',
  { source, language, nowMs }: ResultSet,
  attributes: Record<string, string> = {},
): { begin: string; end: string } {
  const said = Object.entries({
    xmlns: 'http://www.orienteering.org/datastandard/3.0',
    iofVersion: '3.0',
    createTime: xmlTime(nowMs),
    creator: 'zekken',
    ...attributes,
  })
  const opened = said.map(([key, value]) => ` ${key}="${value}"`).join('')
  return {
    begin: `<?xml version="1.0" encoding="UTF-8"?>\n<${name}${opened}>${iofEvent(source.event, language)}\n`,
    end: `</${name}>\n`,
  }
}

function iofEvent({ code, name, startsAt, endsAt }: EventDoc, language: 'ja' | 'en'): string {
  const moment = (element: string, at: number) => {
    const [date, time] = xmlTime(at).split('T')
    return `<${element}>${xmlLeaf('Date', date)}${xmlLeaf('Time', time)}</${element}>`
  }
  const parts = [
    xmlLeaf('Id', code),
    xmlLeaf('Name', said(name, language)),
    moment('StartTime', startsAt),
    moment('EndTime', endsAt),
    xmlLeaf('Form', 'Team'),
  ]
  return xmlElement('Event', {}, parts.join(''))
}
