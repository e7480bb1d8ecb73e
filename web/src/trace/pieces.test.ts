import { expect, test } from 'vitest'
import { piecesOf } from './pieces.ts'

function png(width: number, height: number): string {
  const head = Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\0\0\0\0\0', 'latin1')
  head.writeUInt32BE(width, 16)
  head.writeUInt32BE(height, 20)
  return head.toString('base64')
}
const image = (data: string | undefined, more: object = {}) => ({
  type: 'image',
  mimeType: 'image/png',
  bytes: 24,
  ...(data === undefined ? {} : { data }),
  ...more,
})

test('parts are drawn as what they are, in their order, what is structured first', () => {
  const pieces = piecesOf({
    structuredContent: { tide: 3 },
    content: [
      { type: 'text', text: 'Here:' },
      image(png(20, 10)),
      { type: 'resource', uri: 'file:///a.txt', mimeType: 'text/plain', text: 'inside' },
      { type: 'resource_link', uri: 'https://example.org/b', name: 'b' },
      { type: 'audio', mimeType: 'audio/wav', bytes: 2048, data: 'AAAA' },
    ],
  })
  expect(pieces).toEqual([
    { kind: 'data', value: { tide: 3 } },
    { kind: 'words', text: 'Here:' },
    {
      kind: 'picture',
      picture: { type: 'image/png', width: 20, height: 10, data: png(20, 10) },
      about: ['image/png', '20 × 10 pixels', '24 B'],
    },
    { kind: 'file', about: ['file:///a.txt', 'text/plain'], text: 'inside' },
    { kind: 'note', about: ['resource link', 'b', 'https://example.org/b'] },
    { kind: 'note', about: ['audio', 'audio/wav', '2.0 KB'] },
  ])
})

test('what is no raster image of a known kind is never drawn, whatever it calls itself', () => {
  const svg = Buffer.from('<svg onload="alert(1)"/>').toString('base64')
  for (const part of [
    image(svg),
    image(svg, { mimeType: 'image/svg+xml' }),
    image('https://example.org/a.png'),
    image(`${png(2, 2)}"onerror="x`),
    image(png(100_000, 100_000)),
    image(undefined),
    { type: 'resource', mimeType: 'text/html', data: png(2, 2) },
  ])
    expect(piecesOf({ content: [part] })[0]?.kind).toBe('note')
})

test('an image that was too large to keep says so', () => {
  expect(piecesOf({ content: [image(undefined)] })).toEqual([
    { kind: 'note', about: ['image', 'image/png', '24 B', 'not kept: it was too large'] },
  ])
})
