export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'

/** A raster image, known by its bytes and not by what someone calls it. `data` is base64. */
export interface Picture {
  type: PictureType
  data: string
  width: number
  height: number
}

/** Reads base64 as a picture; null for anything else, and for one whose data was cut or changed so that it is no base64 any more. */
export function readPicture(data: string): Picture | null {
  if (!BASE64.test(data) || data.length % 4 !== 0) return null
  const bytes = bytesOf(data)
  for (const read of [readPng, readGif, readWebp, readJpeg]) {
    const found = read(bytes)
    if (found && found.width > 0 && found.height > 0) return { ...found, data }
  }
  return null
}

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

type Bytes = ReturnType<typeof bytesOf>
type Size = Pick<Picture, 'type' | 'width' | 'height'>

/** Looks into base64 without decoding the whole: pictures are large, and what they are is said at their beginning. */
function bytesOf(data: string) {
  const at = (index: number): number => {
    const group = Math.floor(index / 3) * 4
    const value = (place: number) => DIGITS.indexOf(data.charAt(group + place))
    const bits = (value(0) << 18) | (value(1) << 12) | ((value(2) & 63) << 6) | (value(3) & 63)
    return index < 0 || group + 3 >= data.length ? 0 : (bits >> (16 - 8 * (index % 3))) & 255
  }
  const high = (index: number) => (at(index) << 8) | at(index + 1)
  const low = (index: number) => at(index) | (at(index + 1) << 8)
  const says = (index: number, text: string) =>
    Array.from(text).every((letter, place) => at(index + place) === letter.charCodeAt(0))
  return { size: (data.length / 4) * 3, at, high, low, says }
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function readPng({ high, says }: Bytes): Size | null {
  if (!says(0, '\x89PNG\r\n\x1a\n') || !says(12, 'IHDR')) return null
  // A side whose upper half is not 0 is longer than anyone takes.
  return { type: 'image/png', width: high(16) * 65_536 + high(18), height: high(20) * 65_536 + high(22) }
}

function readGif({ low, says }: Bytes): Size | null {
  return says(0, 'GIF87a') || says(0, 'GIF89a') ? { type: 'image/gif', width: low(6), height: low(8) } : null
}

function readWebp({ at, low, says }: Bytes): Size | null {
  if (!says(0, 'RIFF') || !says(8, 'WEBP')) return null
  const type = 'image/webp'
  if (says(12, 'VP8 ')) return { type, width: low(26) & 0x3fff, height: low(28) & 0x3fff }
  if (says(12, 'VP8X')) return { type, width: (low(24) | (at(26) << 16)) + 1, height: (low(27) | (at(29) << 16)) + 1 }
  if (!says(12, 'VP8L')) return null
  const bits = low(21) | (low(23) << 16)
  return { type, width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
}

/** The size stands in the frame's header, behind segments that each tell their length. */
function readJpeg({ at, high, says, size }: Bytes): Size | null {
  if (!says(0, '\xff\xd8\xff')) return null
  let place = 2
  for (let segments = 0; segments < MOST_SEGMENTS && place < size; segments++) {
    if (at(place) !== 0xff) return null
    const marker = at(place + 1)
    if (isFrame(marker)) return { type: 'image/jpeg', width: high(place + 7), height: high(place + 5) }
    place += marker === 0xff ? 1 : 2 + high(place + 2)
  }
  return null
}

const MOST_SEGMENTS = 1000
const isFrame = (marker: number) => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
