import { gzipSync } from 'node:zlib'
import { expect, test } from '../app.ts'

/** What the page may ask for before it can be used, compressed as a server on the way would; the editor comes on top when it is gone to. */
const MOST_KIB = { home: 300, editor: 325 }

test('the first load stays within 300 KiB, and the editor with all it needs within 325', async ({ page, app }) => {
  test.setTimeout(120_000)
  const loads = new Map<string, Promise<Buffer>>()
  page.on('response', (response) => {
    const weighs = ['script', 'stylesheet', 'document'].includes(response.request().resourceType())
    if (weighs && response.ok() && !loads.has(response.url())) loads.set(response.url(), response.body())
  })
  await page.goto(app.address)
  await expect(page.getByRole('region', { name: 'Examples' })).toBeVisible()
  expect(await kibOf(loads)).toBeLessThan(MOST_KIB.home)

  loads.clear()
  await page.goto(new URL('/flows/new', page.url()).href)
  await expect(page.getByRole('region', { name: 'Canvas' })).toBeVisible()
  expect(await kibOf(loads)).toBeLessThan(MOST_KIB.editor)
})

async function kibOf(loads: ReadonlyMap<string, Promise<Buffer>>): Promise<number> {
  const bodies = await Promise.all(loads.values())
  return bodies.reduce((sum, body) => sum + gzipSync(body).byteLength, 0) / 1024
}
