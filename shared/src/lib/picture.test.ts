import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readPicture } from './picture.ts'

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))))

const PNG = bytes('\x89PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', [0, 0, 1, 0, 0, 0, 0, 7], [8, 6, 0, 0, 0])
const GIF = bytes('GIF89a', [44, 1, 200, 0], [0, 0, 0])
const JPEG = bytes(
  '\xff\xd8',
  '\xff\xe0',
  [0, 4, 1, 2],
  '\xff\xff\xfe',
  [0, 3, 9],
  '\xff\xc2',
  [0, 17, 8, 1, 2, 3, 4, 3],
)
const LOSSY = bytes('RIFF', [9, 0, 0, 0], 'WEBPVP8 ', [0, 0, 0, 0], [1, 2, 3, 0x9d, 1, 0x2a], [64, 0x41, 32, 0], [0])
const LOSSLESS = bytes('RIFF', [9, 0, 0, 0], 'WEBPVP8L', [0, 0, 0, 0], [0x2f, 99, 0x40, 2, 0], [0, 0])
const EXTENDED = bytes('RIFF', [9, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0], [0, 0, 0, 0], [15, 1, 0], [4, 0, 0], [0, 0])

test.each([
  ['PNG', PNG, { type: 'image/png', width: 256, height: 7 }],
  ['GIF', GIF, { type: 'image/gif', width: 300, height: 200 }],
  ['JPEG, behind its other segments', JPEG, { type: 'image/jpeg', width: 772, height: 258 }],
  ['WebP, lossy', LOSSY, { type: 'image/webp', width: 320, height: 32 }],
  ['WebP, lossless', LOSSLESS, { type: 'image/webp', width: 100, height: 10 }],
  ['WebP, extended', EXTENDED, { type: 'image/webp', width: 272, height: 5 }],
])('a picture is known by its bytes: %s', (_what, given, expected) => {
  const data = given.toString('base64')
  expect(readPicture(data)).toEqual({ ...expected, data })
})

test.each([
  ['a drawing in SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')],
  ['nothing', ''],
  ['a picture with a secret taken out of its data', PNG.toString('base64').replace('SUhE', '***')],
  ['data cut in the middle of a group', PNG.toString('base64').slice(0, -3)],
  ['a picture that ends before its size', PNG.subarray(0, 15).toString('base64')],
  ['a JPEG that is nothing but its beginning', bytes('\xff\xd8\xff', [0xe0, 0, 0]).toString('base64')],
  ['a picture without a width', Buffer.from(PNG).fill(0, 16, 20).toString('base64')],
  ['an address', 'https://example.org/a.png'],
])('is no picture: %s', (_what, data) => {
  expect(readPicture(data)).toBeNull()
})

test('whatever the bytes are, reading them ends', () => {
  const heads = fc.constantFrom('\x89PNG\r\n\x1a\n', 'GIF89a', '\xff\xd8\xff', 'RIFF....WEBPVP8X', '')
  fc.assert(
    fc.property(heads, fc.uint8Array({ maxLength: 200 }), (head, rest) => {
      const found = readPicture(bytes(head, [...rest]).toString('base64'))
      if (found) expect(Math.min(found.width, found.height)).toBeGreaterThan(0)
    }),
  )
})
