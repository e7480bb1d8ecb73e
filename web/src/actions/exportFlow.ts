import { EXPORT_FORMATS, type ExportFormat, type ProgramFormat } from '@volley/shared/api.ts'
import { Download } from 'lucide-react'
import { exportFlow as askExport, sentenceOf } from '../api/client.ts'
import { currentFlow, isDirty, useFlowStore } from '../state/flowStore.ts'
import { download } from '../ui/download.ts'
import { toast } from '../ui/toast.tsx'
import { action } from './action.ts'
import { fileName } from './fileName.ts'
import { flushSave } from './saving.ts'

/** Downloads the document as it stands, saved or not. */
export const exportFlow = action({
  name: 'Export',
  label: 'Export as a Volley document',
  icon: Download,
  perform: () => {
    const flow = currentFlow()
    download(fileName(flow.name, 'volley'), fileText(flow))
  },
})

export const FORMAT_LABELS: Record<ExportFormat | ProgramFormat, string> = {
  volley: 'Volley document',
  openai: 'OpenAI tools (Responses)',
  'openai-chat': 'OpenAI tools (Chat Completions)',
  anthropic: 'Anthropic tools',
  mcp: 'MCP tools',
  typescript: 'TypeScript program',
}
export const OTHER_FORMATS = EXPORT_FORMATS.filter((format) => format !== 'volley')

/** Downloads the flow's tools in a provider's form. The server writes it, so what is unsaved is saved first. */
export async function exportAs(format: ExportFormat): Promise<void> {
  await flushSave({ evenUnchanged: true })
  const state = useFlowStore.getState()
  if (state.flowId === null || isDirty(state))
    return void toast.problem(
      'The flow could not be saved, so its tools cannot be exported.',
      'See the save state above.',
    )
  const answer = await askExport(state.flowId, format)
  if (!answer.ok) return void toast.problem('The export did not work.', sentenceOf(answer.error))
  download(fileName(currentFlow().name, format), fileText(answer.value))
}

/** Downloads the document as it stands as a program that runs it. What writes it is loaded when it is asked for. */
export async function exportProgram(): Promise<void> {
  const { programOf } = await import('@volley/shared/flow/exportProgram.ts')
  const flow = currentFlow()
  download(fileName(flow.name, 'typescript'), programOf(flow), 'text/plain')
}

const fileText = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
