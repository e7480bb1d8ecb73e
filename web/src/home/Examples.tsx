import { EXAMPLE_TOPICS, type Example, type ExampleTopic, type List } from '@volley/shared/api.ts'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { openUnsaved } from '../actions/openFlow.ts'
import { sentenceOf } from '../api/client.ts'
import type { Loaded } from '../api/useAnswer.ts'
import { ExampleCard } from './ExampleCard.tsx'
import { TopicFilter } from './TopicFilter.tsx'

/** The gallery of flows to begin with, by what they are about. Opening one saves nothing. */
export function Examples({ loaded, title }: { loaded: Loaded<List<Example>>; title: string }) {
  const [topic, setTopic] = useState<ExampleTopic | null>(null)
  const examples = loaded.is === 'there' ? loaded.value.items : []
  const topics = EXAMPLE_TOPICS.filter((one) => examples.some((example) => example.topics.includes(one)))
  const shown = examples.filter((example) => topic === null || example.topics.includes(topic))
  return (
    <section aria-label="Examples" className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="m-0 flex-1 text-sm font-semibold">{title}</h2>
        {topics.length > 1 && <TopicFilter topics={topics} topic={topic} onTopic={setTopic} />}
      </div>
      {loaded.is === 'fault' && <p className="m-0 text-xs text-text-2">{sentenceOf(loaded.fault)}</p>}
      {loaded.is === 'there' && (
        <ul className="m-0 grid list-none grid-cols-[repeat(auto-fill,minmax(min(100%,270px),1fr))] gap-3.5 p-0">
          {shown.map((example) => (
            <li key={example.id}>
              <ExampleCard example={example} />
            </li>
          ))}
          {topic === null && (
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
