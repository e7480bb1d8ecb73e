import type { Example } from '@volley/shared/api.ts'
import { counted } from '../trace/format.ts'
import { FlowPicture } from './FlowPicture.tsx'
import { openExample } from './openExample.ts'

/** One example: its picture, what one will see, and how large it is. */
export function ExampleCard({ example }: { example: Example }) {
  return (
    <button
      type="button"
      data-example={example.id}
      className="flex h-full w-full flex-col overflow-hidden rounded-[11px] border border-line bg-surface-1 text-left transition-colors duration-100 hover:border-line-strong hover:bg-surface-2"
      onClick={() => openExample(example)}
    >
      <span className="block w-full border-b border-line bg-canvas bg-[radial-gradient(var(--line)_1px,transparent_1px)] bg-size-[22px_22px] px-3 py-3">
        <FlowPicture flow={example.flow} />
      </span>
      <span className="flex flex-1 flex-col gap-1 px-3.5 pt-2.5 pb-3">
        <span className="text-sm font-semibold text-text-1">{example.title}</span>
        <span className="text-xs leading-relaxed text-text-2">{example.summary}</span>
        <span className="mt-auto pt-1.5 font-mono text-[10.5px] text-text-3">{sizeOf(example)}</span>
      </span>
    </button>
  )
}

function sizeOf({ flow }: Example): string {
  const tools = flow.tools ?? []
  const edges = flow.edges?.length ?? 0
  const needsNetwork = tools.some((tool) => tool.run.kind === 'http')
  return [
    counted(tools.length, 'tool'),
    ...(edges > 0 ? [counted(edges, 'edge')] : []),
    ...(needsNetwork ? ['needs a network'] : []),
  ].join(' · ')
}
