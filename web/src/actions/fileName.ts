import type { ExportFormat, ProgramFormat } from '@volley/shared/api.ts'

/** A name that every file system takes: `City weather brief.flow.json`, `City weather brief.anthropic.json`, `City weather brief.ts`. */
export function fileName(name: string, format: ExportFormat | ProgramFormat): string {
  const safe = safeName(name, 'flow')
  if (format === 'typescript') return `${safe}.ts`
  return `${safe}.${format === 'volley' ? 'flow' : format}.json`
}

/** A name without what no file system takes, not too long; `otherwise` where nothing is left of it. */
export function safeName(name: string, otherwise: string): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120)
  return safe || otherwise
}
