import type { Picture } from '@volley/shared/lib/picture.ts'
import { type Content, type ContentPart, pictureOf } from '@volley/shared/run/content.ts'
import { sizeOf } from './format.ts'

/** A part of a result as it is drawn. */
export type Piece =
  | { kind: 'data'; value: unknown }
  | { kind: 'words'; text: string }
  | { kind: 'picture'; picture: Picture; about: string[] }
  | { kind: 'file'; about: string[]; text: string }
  | { kind: 'note'; about: string[] }

/** More pixels than that, and drawing them could bring the page down. */
const MOST_PIXELS = 50_000_000

/** What is drawn of a result, in its order. Nothing of it is ever fetched: an address is told as text. */
export function piecesOf({ content, structuredContent }: Content): Piece[] {
  const structured: Piece[] = structuredContent === undefined ? [] : [{ kind: 'data', value: structuredContent }]
  return [...structured, ...content.map(pieceOf)]
}

function pieceOf(part: ContentPart): Piece {
  const picture = pictureOf(part)
  const about = [part.name, part.uri, part.mimeType].filter((one) => typeof one === 'string' && one !== '') as string[]
  const size = typeof part.bytes === 'number' ? [sizeOf(part.bytes)] : []
  if (picture && picture.width * picture.height <= MOST_PIXELS) {
    const names = about.filter((one) => one !== part.mimeType)
    return { kind: 'picture', picture, about: [...names, picture.type, pixelsOf(picture), ...size] }
  }
  if (typeof part.text === 'string')
    return part.type === 'text' ? { kind: 'words', text: part.text } : { kind: 'file', about, text: part.text }
  const lost = part.bytes !== undefined && part.data === undefined ? ['not kept: it was too large'] : []
  const pixels = picture ? [pixelsOf(picture), 'too many pixels to draw'] : []
  return { kind: 'note', about: [part.type.replaceAll('_', ' '), ...about, ...size, ...pixels, ...lost] }
}

const pixelsOf = ({ width, height }: Picture) => `${width} × ${height} pixels`
