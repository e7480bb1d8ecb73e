import type { Parts } from './deps.ts'

// The one place that says which parts are real. Until models, tools and engine are in, what needs them says so.

export const PARTS: Parts = {
  documents: {
    parse: () => missing('parseFlow'),
    export: () => missing('exportFlow'),
    import: () => missing('importDocument'),
  },
  createModels: () => missing('createModels'),
  createEngine: () => missing('createEngine'),
}

function missing(part: string): never {
  throw new Error(`${part} is not wired in parts.ts`)
}
