import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'

// The arrows of ARCHITECTURE.md, held: who may import whom, and what no server file may do.

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..')

interface Source {
  file: string
  text: string
  /** What it imports: paths from the root for our own files, names for packages. */
  imports: string[]
}

function sources(folder: string): Source[] {
  return fs.readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' }).flatMap((name) => {
    const file = path.posix.join(folder, name.replaceAll(path.sep, '/'))
    if (!/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) return []
    const text = fs.readFileSync(path.join(root, file), 'utf8')
    const imports = [
      ...text.matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm),
    ].map((found) => {
      const name = found[1] ?? found[2] ?? found[3] ?? ''
      if (name.startsWith('.')) return path.posix.join(path.posix.dirname(file), name)
      return name.replace(/^@volley\/(shared|server|web)\//, '$1/src/')
    })
    return [{ file, text, imports }]
  })
}

/** The imports of a folder that none of the allowed beginnings covers. */
function strayImports(folder: string, allowed: string[]): string[] {
  return sources(folder).flatMap(({ file, imports }) =>
    imports
      .filter((name) => !allowed.some((start) => name === start || name.startsWith(start)))
      .map((name) => `${file} imports ${name}`),
  )
}

describe('who imports whom', () => {
  test('shared knows zod and jmespath, and nothing of Node, the page or the server', () => {
    expect(strayImports('shared/src', ['shared/src/', 'zod', 'jmespath'])).toEqual([])
  })

  test('the engine knows shared and its own ports', () => {
    expect(strayImports('server/src/engine', ['shared/src/', 'server/src/engine/'])).toEqual([])
  })

  test('models, tools and store know the engine by its ports alone, and not one another', () => {
    for (const folder of ['models', 'tools', 'store']) {
      const strays = sources(`server/src/${folder}`).flatMap(({ file, imports }) =>
        imports
          .filter(
            (name) =>
              name.startsWith('server/src/') &&
              !name.startsWith(`server/src/${folder}/`) &&
              name !== 'server/src/engine/ports.ts',
          )
          .map((name) => `${file} imports ${name}`),
      )
      expect(strays).toEqual([])
    }
  })

  test('each provider’s SDK stands in one file, as does what sends spans', () => {
    // Types of a request may be named anywhere: they are gone when the program runs.
    const users = (name: string) =>
      sources('server/src').filter(({ text }) => new RegExp(`^import (?!type )[^'"]*from '${name}'`, 'm').test(text))
        .length
    expect([users('openai'), users('@anthropic-ai/sdk')]).toEqual([1, 1])
    expect(users('@opentelemetry/exporter-trace-otlp-http')).toBe(1)
  })

  test('the page takes nothing from the server', () => {
    const strays = sources('web/src').flatMap(({ file, imports }) =>
      imports.filter((name) => name.startsWith('server/')).map((name) => `${file} imports ${name}`),
    )
    expect(strays).toEqual([])
  })

  test('the places on the screen never import one another', () => {
    const places = [
      'canvas',
      'outline',
      'inspector',
      'palette',
      'playground',
      'timeline',
      'home',
      'runs',
      'evals',
      'settings',
      'versions',
      'tour',
      'preview',
      'evals',
    ]
    const strays = places.flatMap((place) =>
      sources(`web/src/${place}`).flatMap(({ file, imports }) =>
        imports
          .filter((name) => places.some((other) => other !== place && name.startsWith(`web/src/${other}/`)))
          .map((name) => `${file} imports ${name}`),
      ),
    )
    expect(strays).toEqual([])
  })

  test('the gallery shows the places, and nothing but the page’s own address leads to it', () => {
    const users = sources('web/src').flatMap(({ file, imports }) =>
      file.startsWith('web/src/gallery/') || !imports.some((name) => name.startsWith('web/src/gallery/')) ? [] : [file],
    )
    expect(users).toEqual(['web/src/App.tsx'])
  })

  test('the primitives of the page know no domain word', () => {
    const strays = sources('web/src/ui').flatMap(({ file, imports }) =>
      imports
        .filter((name) => /^(web\/src\/(?!ui\/)|shared\/|server\/)/.test(name))
        .map((name) => `${file} imports ${name}`),
    )
    expect(strays).toEqual([])
  })
})

test('no server file runs text as code', () => {
  const running = /\beval\(|\bnew Function\(|['"](node:)?vm['"]/
  expect(
    sources('server/src')
      .filter(({ text }) => running.test(text))
      .map(({ file }) => file),
  ).toEqual([])
})

test('SQL stands in store alone', () => {
  const strays = sources('server/src').filter(
    ({ file, imports }) =>
      !file.startsWith('server/src/store/') && imports.some((name) => name === 'kysely' || name === 'node:sqlite'),
  )
  expect(strays.map(({ file }) => file)).toEqual([])
})
