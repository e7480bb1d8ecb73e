import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { fromRoot } from '../fromRoot.ts'

const ROOT = path.join(import.meta.dirname, '../../..')

/** One file of the built page. */
export interface Chunk {
  file: string
  gzipKib: number
  /** Whether home and editor wait for it; the others come when they are needed. */
  isFirst: boolean
  /** What it is made of, the largest first: packages, and our own folders. */
  holds: string[]
}

interface Built {
  fileName: string
  type: 'chunk' | 'asset'
  code?: string
  source?: string | Uint8Array
  isEntry?: boolean
  imports?: string[]
  modules?: Record<string, { renderedLength: number }>
}

/** Builds the page as it is shipped, in memory, and tells what each of its scripts and styles holds. */
export async function chunksOfPage(): Promise<Chunk[]> {
  const { build } = await fromRoot<typeof import('vite')>('vite')
  const built = (await build({
    configFile: path.join(ROOT, 'vite.config.ts'),
    root: path.join(ROOT, 'web'),
    logLevel: 'error',
    build: { write: false },
  })) as unknown as { output: Built[] }
  const output = built.output.filter(({ fileName }) => /\.(js|css)$/.test(fileName))
  const first = firstOf(output)
  return output
    .map((file) => ({
      file: path.basename(file.fileName),
      gzipKib: gzipSync(file.code ?? file.source ?? '').byteLength / 1024,
      isFirst: first.has(file.fileName),
      holds: holdsOf(file.modules ?? {}),
    }))
    .sort((one, other) => Number(other.isFirst) - Number(one.isFirst) || other.gzipKib - one.gzipKib)
}

/** The entry, what it imports at once, and the styles that stand in the document. */
function firstOf(output: readonly Built[]): Set<string> {
  const byName = new Map(output.map((file) => [file.fileName, file]))
  const first = new Set<string>()
  const take = (name: string) => {
    if (first.has(name)) return
    first.add(name)
    for (const other of byName.get(name)?.imports ?? []) take(other)
  }
  for (const { fileName, isEntry } of output) if (isEntry || /(^|\/)index-[^/]*\.css$/.test(fileName)) take(fileName)
  return first
}

function holdsOf(modules: Record<string, { renderedLength: number }>): string[] {
  const sizes = new Map<string, number>()
  for (const [id, { renderedLength }] of Object.entries(modules)) {
    const name = partOf(id)
    sizes.set(name, (sizes.get(name) ?? 0) + renderedLength)
  }
  return [...sizes]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 8)
    .map(([name]) => name)
}

function partOf(id: string): string {
  const inPackage = id.split('/node_modules/').at(-1)
  if (inPackage !== undefined && inPackage !== id)
    return inPackage
      .split('/')
      .slice(0, inPackage.startsWith('@') ? 2 : 1)
      .join('/')
  const [folder = '', ...rest] = path.relative(ROOT, id).split('/')
  return [folder, ...rest.slice(1, -1)].slice(0, 2).join('/')
}
