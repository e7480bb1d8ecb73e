import type { ExportFormat, ProgramFormat } from '@volley/shared/api.ts'

/** A name that every file system takes: `City weather brief.flow.json`, `City weather brief.anthropic.json`, `City weather brief.ts`. */
export function fileName(name: string, format: ExportFormat | ProgramFormat): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120)
  if (format === 'typescript') return `${safe || 'flow'}.ts`
  return `${safe || 'flow'}.${format === 'volley' ? 'flow' : format}.json`
}
