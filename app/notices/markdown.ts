import { micromark } from 'micromark'

/**
 * HTML of Markdown (CommonMark) that anybody may have written. Tags are shown as text, links lead only to the web and to
 * mail, and pictures, which would be fetched from elsewhere, stay words.
 * https://github.com/micromark/micromark#security
 */
export const htmlOf = (markdown: string) =>
  micromark(markdown, { extensions: [{ disable: { null: ['htmlFlow', 'htmlText', 'labelStartImage'] } }] })
