import type { Exchange } from '@volley/shared/api.ts'
import type { RunState } from '@volley/shared/run/state.ts'
import { useState } from 'react'
import { getExchanges } from '../../api/client.ts'
import { Select } from '../../ui/Select.tsx'
import { useRunAnswer } from '../useRunAnswer.ts'
import { WhenLoaded } from '../WhenLoaded.tsx'
import { RawText } from './RawText.tsx'

/** The requests to the model's provider and its answers, as they went over the wire. */
export function Requests({ run }: { run: RunState }) {
  // Another message has come to its end, well or not.
  const ended = run.turns.reduce(
    (sum, { retries, messageFinishedAt }) => sum + retries.length + (messageFinishedAt === null ? 0 : 1),
    run.summary ? 1 : 0,
  )
  const answer = useRunAnswer(run.id, ended, (signal) => getExchanges(run.id, signal))
  return (
    <WhenLoaded what="The requests" {...answer}>
      {({ items }) => <Exchanges runId={run.id} items={items} />}
    </WhenLoaded>
  )
}

function Exchanges({ runId, items }: { runId: string; items: readonly Exchange[] }) {
  const [chosen, setChosen] = useState('0')
  const exchange = items[Number(chosen)] ?? items[0]
  if (!exchange)
    return (
      <p className="m-0 p-4 text-xs text-text-2">
        Nothing is kept of what went to a model in this run: no model was asked, or it was recorded before this was
        kept.
      </p>
    )
  return (
    <div className="flex h-full flex-col">
      <div className="flex shrink-0 flex-wrap items-center gap-2 border-b border-line px-3 py-1.5 text-xs">
        <Select
          aria-label="Which request"
          className="w-56!"
          value={chosen}
          options={items.map((one, at) => ({ value: String(at), label: nameOf(one, at, items) }))}
          onValue={setChosen}
        />
        <span className="min-w-0 flex-1 truncate font-mono text-text-2">
          {exchange.request.method} {exchange.request.url}
        </span>
        <span className="text-text-2">without keys and secrets</span>
      </div>
      <div className="grid min-h-0 flex-1 grid-cols-2 grid-rows-1 max-[900px]:grid-cols-1 max-[900px]:grid-rows-2">
        <RawText title="Request" body={exchange.request.body} file={`${runId}-turn-${exchange.turn}-request.json`} />
        {exchange.answer ? (
          <RawText
            title={`Answer, ${exchange.answer.status}`}
            body={exchange.answer.body}
            file={`${runId}-turn-${exchange.turn}-answer.txt`}
          />
        ) : (
          <p className="m-0 border-l border-line p-3.5 text-xs text-text-2">Nothing came back.</p>
        )}
      </div>
    </div>
  )
}

/** `Turn 2`, `Turn 2, asked again`, and how it was answered where that was no success. */
function nameOf({ turn, answer }: Exchange, at: number, all: readonly Exchange[]): string {
  const again = all.findIndex((one) => one.turn === turn) < at ? ', asked again' : ''
  const how = answer === null ? ': no answer' : answer.status === 200 ? '' : `: ${answer.status}`
  return `Turn ${turn}${again}${how}`
}
