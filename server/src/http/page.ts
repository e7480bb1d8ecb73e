import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { Hono } from 'hono'

/** The built page: its static files by the path a browser asks for, and the document that every page route shows. */
export interface Page {
  isStaticFile(urlPath: string): boolean
  /** Null when the page was not built. */
  file(urlPath: string): Promise<{ bytes: Uint8Array<ArrayBuffer>; type: string; isHashed: boolean } | null>
  index(): Promise<string | null>
}

/** Reads the folder's list once: what is not on it does not exist, so no spelling of a path leads anywhere else. */
export function openPage(folder: string): Page {
  const files = new Map(
    filesOf(folder)
      .filter((name) => name !== 'index.html' && !path.basename(name).startsWith('.'))
      .map((name) => [`/${name.split(path.sep).join('/')}`, path.join(folder, name)]),
  )
  return {
    isStaticFile: (urlPath) => files.has(urlPath),
    async file(urlPath) {
      const file = files.get(urlPath)
      if (!file) return null
      const type = TYPES[path.extname(file)] ?? 'application/octet-stream'
      return { bytes: new Uint8Array(await readFile(file)), type, isHashed: urlPath.startsWith('/assets/') }
    },
    async index() {
      return readFile(path.join(folder, 'index.html'), 'utf8').catch(() => null)
    },
  }
}

const PAGE_ROUTES = [
  '/',
  '/flows/:id',
  '/runs',
  '/runs/:id',
  '/compare',
  '/evals',
  // Also what an eval is made ready with, and where two are compared.
  '/evals/:id',
  '/evals/data-sets/:id',
  '/settings',
  '/gallery',
]

/** The page's addresses and its static files. Hashed files never change, so a browser may keep them for good. */
export function pageRoutes(page: Page): Hono {
  const routes = new Hono()
  for (const route of PAGE_ROUTES)
    routes.get(route, async (c) => {
      const html = await page.index()
      if (html === null) return c.text('The page is not built: start Volley with "npm start".', 404)
      return c.html(html, 200, { 'cache-control': 'no-cache' })
    })
  routes.get('*', async (c, next) => {
    const file = await page.file(c.req.path)
    if (!file) return next()
    const keep = file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache'
    return c.body(file.bytes, 200, { 'content-type': file.type, 'cache-control': keep })
  })
  return routes
}

const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.map': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
  } catch {
    return []
  }
}
