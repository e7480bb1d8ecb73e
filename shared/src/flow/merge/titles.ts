import { listAnd, shorten } from '../../lib/words.ts'
import { PART_KINDS, type Part, type PartKind } from './parts.ts'

const MOST_NAMED = 4

/** How people call parts: `Tool tide`, `Edges tide → wind and wind → tide`. */
export function titleOf(parts: readonly Part[]): string {
  return PART_KINDS.flatMap((kind) => {
    const names = [...new Set(parts.filter((part) => part.kind === kind).map(nameOf))]
    if (names.length === 0) return []
    const rest = names.length - MOST_NAMED
    const named = rest > 0 ? [...names.slice(0, MOST_NAMED), `${rest} more`] : names
    return `${NOUNS[kind][names.length === 1 ? 0 : 1]} ${listAnd(named)}`.trim()
  }).join(', ')
}

/** How people call a field inside a part: `Tool tide: policy.retries`. */
export function titleOfField(part: Part, keys: readonly string[]): string {
  const title = titleOf([part])
  return keys.length === 0 ? title : `${title}: ${keys.join('.')}`
}

const NOUNS: Record<PartKind, [one: string, several: string]> = {
  flow: ['', ''],
  agent: ['', ''],
  tools: ['Tool', 'Tools'],
  edges: ['Edge', 'Edges'],
  groups: ['Group', 'Groups'],
  layout: ['Place of', 'Places of'],
  notes: ['Note', 'Notes'],
}

const FIELDS: Record<string, string> = {
  name: 'Name of the flow',
  description: 'Description of the flow',
  model: 'Model',
  system: 'Instructions',
  variables: 'Variables',
  parallelism: 'Parallelism',
  settings: 'Settings of the agent',
  limits: 'Limits of the agent',
}

function nameOf(part: Part): string {
  switch (part.kind) {
    case 'flow':
    case 'agent':
      return FIELDS[part.name] ?? part.name
    case 'groups':
      return `“${shorten(part.value.name)}”`
    case 'notes':
      return `“${shorten(part.value.text)}”`
    case 'tools':
    case 'edges':
    case 'layout':
      return part.name
  }
}
