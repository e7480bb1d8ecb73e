import type { ExportFormat } from '@volley/shared/api.ts'

/** A name that every file system takes: `City weather brief.flow.json`, `City weather brief.anthropic.json`. */
export function fileName(name: string, format: ExportFormat): string {
  const safe = name
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, '-')
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .slice(0, 120)
  return `${safe || 'flow'}.${format === 'volley' ? 'flow' : format}.json`
}
