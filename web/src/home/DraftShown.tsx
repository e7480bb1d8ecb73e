import type { DraftAnswer } from '@volley/shared/api.ts'
import { ShieldQuestion } from 'lucide-react'
import { counted } from '../trace/format.ts'
import { Notice } from '../ui/Notice.tsx'
import { FlowPicture } from './FlowPicture.tsx'

/** A draft to look at before it is opened: its picture, its tools, and what could not be drawn. */
export function DraftShown({ draft: { flow, problems, simulated } }: { draft: DraftAnswer }) {
  const tools = flow.tools ?? []
  const edges = flow.edges ?? []
  return (
    <section aria-label="Draft" className="flex flex-col gap-3">
      <div className="overflow-hidden rounded-[11px] border border-line">
        <div className="border-b border-line bg-canvas bg-[radial-gradient(var(--line)_1px,transparent_1px)] bg-size-[22px_22px] p-3">
          <div className="mx-auto max-w-[440px]">
            <FlowPicture flow={flow} />
          </div>
        </div>
        <div className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 px-3.5 py-2">
          <span className="text-sm font-semibold">{flow.name}</span>
          <span className="font-mono text-[10.5px] text-text-3">
            {counted(tools.length, 'tool')} · {counted(edges.length, 'edge')}
            {simulated && ' · drafted by the simulated model'}
          </span>
        </div>
        <ul aria-label="Drafted tools" className="m-0 list-none border-t border-line p-0">
          {tools.map((tool) => {
            const after = edges.filter((edge) => edge.to === tool.name).map((edge) => edge.from)
            return (
              <li
                key={tool.name}
                data-drafted={tool.name}
                className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 border-line px-3.5 py-1.5 not-last:border-b"
              >
                <span className="font-mono text-xs text-text-1">{tool.name}</span>
                <span className="min-w-0 flex-1 basis-56 text-xs text-text-2">{tool.description}</span>
                {tool.policy?.approval === 'always' && (
                  <span className="inline-flex items-center gap-1 text-2xs text-waiting-text">
                    <ShieldQuestion size={11} aria-hidden /> asks first
                  </span>
                )}
                <span className="text-2xs text-text-3">
                  {after.length === 0 ? 'starts at once' : `after ${after.join(', ')}`}
                </span>
              </li>
            )
          })}
        </ul>
      </div>
      {problems.length > 0 && (
        <Notice tone="waiting">
          <ul aria-label="What was changed" className="m-0 list-none p-0">
            {problems.map(({ pointer, message }) => (
              <li key={`${pointer} ${message}`}>{message}</li>
            ))}
          </ul>
        </Notice>
      )}
    </section>
  )
}
