import { differenceOfDocuments, isSameToRuns, type PartChange } from '@volley/shared/flow/difference.ts'
import { err, ok } from '@volley/shared/lib/result.ts'
import type { ReactNode } from 'react'
import { getVersion, sentenceOf } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { Notice } from '../ui/Notice.tsx'
import { EdgePicture } from './EdgePicture.tsx'
import { FieldTable } from './FieldTable.tsx'
import { WordDiff } from './WordDiff.tsx'

/** What is different between two versions of a flow, from the first to the second. */
export function VersionDifference({ flowId, from, to }: { flowId: string; from: number; to: number }) {
  const { loaded } = useAnswer(`${flowId} ${from} ${to}`, async (signal) => {
    const [before, after] = await Promise.all([getVersion(flowId, from, signal), getVersion(flowId, to, signal)])
    if (!before.ok) return err(before.error)
    return after.ok ? ok(differenceOfDocuments(before.value.flow, after.value.flow)) : err(after.error)
  })
  if (loaded.is === 'loading') return <p className="m-0 text-xs text-text-2">Comparing …</p>
  if (loaded.is === 'fault') return <Notice tone="failed">{sentenceOf(loaded.fault)}</Notice>
  const difference = loaded.value
  if (!difference) return <Notice tone="failed">One of the two cannot be read by this version of Volley.</Notice>
  const { prompt, settings, tools, edges, isCanvasChanged } = difference
  return (
    <section aria-label={`From version ${from} to version ${to}`} data-diff className="flex flex-col gap-4">
      {prompt && (
        <Group title="Instructions">
          <WordDiff label="Instructions, word by word" {...prompt} />
        </Group>
      )}
      {settings.length > 0 && (
        <Group title="Settings">
          <FieldTable fields={settings} />
        </Group>
      )}
      {tools.length > 0 && (
        <Group title="Tools">
          {tools.map((tool) => (
            <ToolChange key={tool.name} tool={tool} />
          ))}
        </Group>
      )}
      {edges.length > 0 && (
        <Group title="Edges">
          <EdgePicture edges={edges} />
          {edges.map((edge) => edge.is === 'changed' && <ToolChange key={edge.name} tool={edge} />)}
        </Group>
      )}
      {isSameToRuns(difference) && (
        <p className="m-0 text-sm text-text-2">
          {isCanvasChanged ? 'Only the look of the canvas differs: runs go the same way.' : 'The two say the same.'}
        </p>
      )}
    </section>
  )
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="flex flex-col gap-2">
      <h3 className="m-0 text-sm font-semibold">{title}</h3>
      {children}
    </div>
  )
}

const WORDS = { added: 'added', removed: 'removed', changed: 'changed' } as const
const TONES = { added: 'text-succeeded-text', removed: 'text-failed-text', changed: 'text-waiting-text' } as const

function ToolChange({ tool }: { tool: PartChange }) {
  return (
    <div className="flex flex-col gap-1.5" data-part-change={tool.is}>
      <p className="m-0 text-xs">
        <span className="font-mono font-medium">{tool.name}</span>{' '}
        <span className={TONES[tool.is]}>{WORDS[tool.is]}</span>
      </p>
      {tool.is === 'changed' && <FieldTable fields={tool.fields} />}
    </div>
  )
}
