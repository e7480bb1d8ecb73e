import type { EvalEntry } from '@volley/shared/evals/api.ts'
import { useRef } from 'react'
import { Link } from 'wouter'
import { paths } from '../routes.ts'
import { counted } from '../trace/format.ts'
import { VisuallyHidden } from '../ui/VisuallyHidden.tsx'
import { ProgressBar } from './ProgressBar.tsx'
import { progressNews, progressWords, TOOLS_WORDS } from './words.ts'

/** What an eval is of, and how far it is. */
export function EvalFacts({ evaluation }: { evaluation: EvalEntry }) {
  const { flow, dataSet, cases, repeats, concurrency, tools, variants, progress, status } = evaluation
  const isRunning = status === 'running'
  const models = [
    ...new Set(
      variants.map(({ provider, model }) =>
        provider === 'simulated' ? 'the simulated model, which knows nothing of the world' : model,
      ),
    ),
  ]
  return (
    <div className="flex flex-col gap-2">
      <p className="m-0 text-xs leading-relaxed text-text-2">
        <Link href={paths.flow(flow.id)} className="text-text-1 underline underline-offset-2">
          {flow.name}
        </Link>{' '}
        on{' '}
        <Link href={paths.dataSet(dataSet.id)} className="text-text-1 underline underline-offset-2">
          {dataSet.name}
        </Link>
        : {counted(variants.length, 'variant')} × {counted(cases, 'case')} × {counted(repeats, 'repeat')}, up to{' '}
        {concurrency} at once, tools {TOOLS_WORDS[tools].title.toLowerCase()}, answered by {models.join(', ')}.
      </p>
      {status !== 'finished' && (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
          <span className="w-full max-w-md">
            <ProgressBar label="Progress" progress={progress} />
          </span>
          <span data-progress className="text-xs text-text-2 tabular-nums">
            {progressWords(progress, isRunning)}
          </span>
        </div>
      )}
      {status === 'finished' && (
        <p data-progress className="m-0 text-xs text-text-2 tabular-nums">
          {progressWords(progress, false)}
        </p>
      )}
      <News text={progressNews(evaluation)} />
    </div>
  )
}

/** Read out when it changes, not when the page comes. */
function News({ text }: { text: string }) {
  const first = useRef(text)
  return (
    <VisuallyHidden>
      <span role="status">{text === first.current ? '' : text}</span>
    </VisuallyHidden>
  )
}
