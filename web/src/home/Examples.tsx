import type { Example, List } from '@volley/shared/api.ts'
import { Plus } from 'lucide-react'
import { openUnsaved } from '../actions/openFlow.ts'
import { sentenceOf } from '../api/client.ts'
import type { Loaded } from '../api/useAnswer.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { counted } from '../trace/format.ts'
import { FlowPicture } from './FlowPicture.tsx'

/** Flows to begin with. Opening one saves nothing; its message stands ready in the playground. */
export function Examples({ loaded, isFirst }: { loaded: Loaded<List<Example>>; isFirst: boolean }) {
  return (
    <section aria-label="Examples" className="flex flex-col gap-3">
      <h2 className="m-0 text-sm font-semibold">{isFirst ? 'Open an example and press Run' : 'Examples'}</h2>
      {loaded.is === 'fault' && <p className="m-0 text-xs text-text-2">{sentenceOf(loaded.fault)}</p>}
      {loaded.is === 'there' && (
        <ul className="m-0 grid list-none grid-cols-[repeat(auto-fill,minmax(280px,1fr))] gap-3.5 p-0">
          {loaded.value.items.map((example) => (
            <li key={example.id}>
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
            </li>
          ))}
          {isFirst && (
            <li>
              <button
                type="button"
                className="flex h-full min-h-32 w-full flex-col items-center justify-center gap-1.5 rounded-[11px] border border-dashed border-line-strong px-6 text-center transition-colors duration-100 hover:bg-surface-2"
                onClick={() => openUnsaved()}
              >
                <Plus size={18} aria-hidden className="text-text-3" />
                <span className="text-sm font-semibold text-text-1">Start blank</span>
                <span className="text-xs leading-relaxed text-text-2">
                  An agent on an empty canvas; add tools of your own.
                </span>
              </button>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}

function openExample({ flow, prompt }: Example): void {
  openUnsaved(flow)
  useSessionStore.getState().setPrompt(prompt)
}

function sizeOf({ flow }: Example): string {
  const edges = flow.edges?.length ?? 0
  return counted(flow.tools?.length ?? 0, 'tool') + (edges > 0 ? ` · ${counted(edges, 'edge')}` : '')
}
