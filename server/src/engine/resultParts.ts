import type { Picture } from '@volley/shared/lib/picture.ts'
import { type ContentPart, contentOf, noteOf, pictureOf, structuredWords } from '@volley/shared/run/content.ts'
import type { CallState } from '@volley/shared/run/state.ts'
import { cutText } from './cutText.ts'
import type { ResultPart } from './ports.ts'

// Pictures in results, for models that can see them. They are read off the log's one copy of the result, so that the same log always
// gives the same request. The limits are those of the strictest provider: one picture too many would cost the whole run.

type Result = Pick<CallState, 'status' | 'result' | 'shown'>
export type Pictures = ReadonlyMap<ContentPart, Picture>

/** More than 20 in one request, and Anthropic takes only small ones. */
const MOST_PICTURES = 20
/** Letters of base64: of one picture 5 MB, of all together well under the 32 MB of a request. */
const MOST_OF_ONE = 5 * 1024 * 1024
const MOST_OF_ALL = 20 * 1024 * 1024
const LONGEST_SIDE = 8000

/** The pictures that the model is given, out of calls in their order: the newest, as many as fit. */
export function picturesOf(calls: readonly Result[]): Pictures {
  const chosen = new Map<ContentPart, Picture>()
  let room = MOST_OF_ALL
  for (const part of calls.flatMap(partsOf).reverse()) {
    if (chosen.size === MOST_PICTURES) break
    const picture = pictureOf(part)
    if (!picture || !fits(picture) || picture.data.length > room) continue
    chosen.set(part, picture)
    room -= picture.data.length
  }
  return chosen
}

/** A result's words and pictures in their order, the words cut at the limit; undefined where none of its pictures is given. */
export function resultParts(call: Result, pictures: Pictures, maxChars: number): ResultPart[] | undefined {
  const content = contentOf(call)
  if (call.status !== 'succeeded' || !content?.content.some((part) => pictures.has(part))) return undefined
  const parts: ResultPart[] = structuredWords(content).map((text) => ({ type: 'text', text }))
  for (const part of content.content) {
    const picture = pictures.get(part)
    parts.push(picture ? { type: 'picture', picture, note: noteOf(part) } : { type: 'text', text: noteOf(part) })
  }
  return cutWords(parts, maxChars)
}

function cutWords(parts: readonly ResultPart[], maxChars: number): ResultPart[] {
  const whole = parts.reduce((sum, part) => sum + (part.type === 'text' ? part.text.length : 0), 0)
  let before = 0
  return parts.flatMap((part): ResultPart[] => {
    if (part.type === 'picture') return [part]
    if (before > maxChars) return []
    const room = maxChars - before
    const text = part.text.length <= room ? part.text : cutText(part.text, room, { before, whole })
    before += part.text.length
    return [{ type: 'text', text }]
  })
}

const partsOf = (call: Result): ContentPart[] => (call.status === 'succeeded' ? (contentOf(call)?.content ?? []) : [])

const fits = ({ data, width, height }: Picture) => data.length <= MOST_OF_ONE && Math.max(width, height) <= LONGEST_SIDE
