import { isObject } from '../lib/json.ts'
import { type Picture, readPicture } from '../lib/picture.ts'
import type { CallState } from './state.ts'

/** A piece of a result that is more than text. `data` is base64; where it was too much to keep it is left out and only counted. */
export interface ContentPart {
  type: string
  text?: string
  uri?: string
  mimeType?: string
  data?: string
  bytes?: number
  [key: string]: unknown
}

/** A result of several parts, as a tool of an MCP server gives them. */
export interface Content {
  content: ContentPart[]
  structuredContent?: unknown
}

/**
 * The parts of a call's result, in order; null for a result that is data, however much it looks like parts: only what came with words to
 * read in its place is more than text.
 */
export function contentOf({ result, shown }: Pick<CallState, 'result' | 'shown'>): Content | null {
  if (shown === undefined || !isObject(result) || !Array.isArray(result.content)) return null
  return { ...result, content: result.content.filter(isPart) }
}

/** How many letters a model would read of a call's result if none were cut; 0 where it gave none. */
export function resultChars({ status, result, shown }: Pick<CallState, 'status' | 'result' | 'shown'>): number {
  if (status !== 'succeeded') return 0
  const read = shown ?? result
  return typeof read === 'string' ? read.length : (JSON.stringify(read) ?? '').length
}

/** The parts in words, what is structured first: the text that stands in place of the whole. */
export function wordsOfContent(given: Content): string {
  return [...structuredWords(given), ...given.content.map(noteOf)].join('\n')
}

/** What is structured, as the words before those of the parts; none where nothing is. */
export function structuredWords({ structuredContent }: Content): string[] {
  return structuredContent === undefined ? [] : [JSON.stringify(structuredContent)]
}

/** A part in words: its text, or what it is and how much. */
export function noteOf(part: ContentPart): string {
  if (typeof part.text === 'string') {
    const uri = typeof part.uri === 'string' ? `[${part.type} ${part.uri}]\n` : ''
    return `${uri}${part.text}`
  }
  const about = [part.mimeType, part.name, part.uri].filter((one) => typeof one === 'string' && one !== '')
  const size = part.bytes === undefined ? [] : [`${part.bytes} bytes`]
  const whole = part.bytes === undefined || part.data !== undefined
  const kept = part.bytes === undefined ? '' : whole ? '; kept in the trace, not shown here' : '; not kept'
  return `[${part.type}${[...about, ...size].length > 0 ? `: ${[...about, ...size].join(', ')}` : ''}${kept}]`
}

/** The picture that a part is, if it is one of a kind that is safe to show: an image, or a file that says it is one. */
export function pictureOf({ type, mimeType = '', data }: ContentPart): Picture | null {
  const isImage = type === 'image' || (type === 'resource' && String(mimeType).startsWith('image/'))
  return isImage && typeof data === 'string' ? readPicture(data) : null
}

const isPart = (part: unknown): part is ContentPart => isObject(part) && typeof part.type === 'string'
