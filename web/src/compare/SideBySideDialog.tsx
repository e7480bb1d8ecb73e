import type { FlowVersion, StartRun } from '@volley/shared/api.ts'
import type { Flow } from '@volley/shared/flow/flow.ts'
import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { listVersions, sentenceOf, startRun } from '../api/client.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { lastInput } from '../playground/conversation.ts'
import { OverridesForm } from '../playground/OverridesForm.tsx'
import { requestOf } from '../playground/runs.ts'
import { goTo, MOST_COMPARED, paths } from '../routes.ts'
import { useDialogs } from '../state/dialogs.ts'
import { useFlow, useFlowStore } from '../state/flowStore.ts'
import type { RunWith } from '../state/playgroundStore.ts'
import { useSessionStore } from '../state/sessionStore.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Field } from '../ui/Field.tsx'
import { IconButton } from '../ui/IconButton.tsx'
import { Select } from '../ui/Select.tsx'
import { TextArea } from '../ui/TextInput.tsx'

interface Lane {
  id: number
  /** Empty: the flow as it stands on the canvas. */
  version: string
  runWith: RunWith
}

const FIRST: Lane[] = [
  { id: 1, version: '', runWith: {} },
  { id: 2, version: '', runWith: { parallelism: 'serial' } },
]

/** The same message to two to four variants at once: versions, models, kinds of parallelism. */
export function SideBySideDialog() {
  const show = useDialogs((store) => store.show)
  const agent = useFlow((flow) => flow.agent)
  const flowId = useFlowStore((store) => store.flowId)
  const [input, setInput] = useState(() => useSessionStore.getState().prompt.trim() || lastInput())
  const [lanes, setLanes] = useState<readonly Lane[]>(FIRST)
  const [fault, setFault] = useState<string | null>(null)
  const [starting, setStarting] = useState(false)
  const { loaded } = useAnswer(`versions ${flowId}`, async (signal) =>
    flowId === null ? { ok: true as const, value: { items: [] } } : listVersions(flowId, signal),
  )
  const versions = loaded.is === 'there' ? loaded.value.items : []
  const change = (id: number, part: Partial<Lane>) =>
    setLanes(lanes.map((lane) => (lane.id === id ? { ...lane, ...part } : lane)))
  const start = async () => {
    setStarting(true)
    const started = await Promise.all(lanes.map((lane) => startRun(laneRequest(requestOf(input), lane, flowId))))
    setStarting(false)
    const refused = started.findIndex((one) => !one.ok)
    const answer = started[refused]
    if (answer && !answer.ok) return setFault(`Variant ${refused + 1}: ${sentenceOf(answer.error)}`)
    show(null)
    goTo(paths.compare(started.flatMap((one) => (one.ok ? [one.value.runId] : []))))
  }
  return (
    <Dialog
      open
      wide
      onOpenChange={(isOpen) => !isOpen && show(null)}
      title="Run side by side"
      description="The same message to each variant, at the same time. Their timelines stand on one axis, and calls that only one of them made are marked."
      footer={
        <>
          <p role="alert" className="m-0 min-w-0 flex-1 text-xs text-failed-text">
            {fault}
          </p>
          <Button variant="primary" disabled={starting || input.trim() === ''} onClick={() => void start()}>
            Run {lanes.length} variants
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <Field label="Message">
          <TextArea data-autofocus rows={2} value={input} onChange={({ target }) => setInput(target.value)} />
        </Field>
        <div className="grid gap-3 sm:grid-cols-2">
          {lanes.map((lane, at) => (
            <LaneForm
              key={lane.id}
              name={`Variant ${at + 1}`}
              {...{ lane, agent, versions }}
              onChange={(part) => change(lane.id, part)}
              onRemove={lanes.length > 2 ? () => setLanes(lanes.filter(({ id }) => id !== lane.id)) : undefined}
            />
          ))}
        </div>
        {lanes.length < MOST_COMPARED && (
          <Button
            size="sm"
            className="self-start"
            icon={<Plus size={13} aria-hidden />}
            onClick={() => setLanes([...lanes, { id: (lanes.at(-1)?.id ?? 0) + 1, version: '', runWith: {} }])}
          >
            Add a variant
          </Button>
        )}
      </div>
    </Dialog>
  )
}

function LaneForm({
  name,
  lane,
  agent,
  versions,
  onChange,
  onRemove,
}: {
  name: string
  lane: Lane
  agent: Flow['agent']
  versions: readonly FlowVersion[]
  onChange(part: Partial<Lane>): void
  onRemove: (() => void) | undefined
}) {
  return (
    <section aria-label={name} className="flex flex-col gap-3 rounded-lg border border-line p-3">
      <h3 className="m-0 flex items-center text-xs font-semibold">
        <span className="flex-1">{name}</span>
        {onRemove && <IconButton size="sm" label={`Remove ${name}`} icon={<X size={13} />} onClick={onRemove} />}
      </h3>
      {versions.length > 0 && (
        <Field label="Version">
          <Select
            value={lane.version}
            options={[
              { value: '', label: 'as it stands here' },
              ...versions.map(({ version, labels }) => ({
                value: String(version),
                label: [`version ${version}`, ...labels].join(', '),
              })),
            ]}
            onValue={(version) => onChange({ version })}
          />
        </Field>
      )}
      <OverridesForm brief agent={agent} value={lane.runWith} onValue={(runWith) => onChange({ runWith })} />
    </section>
  )
}

function laneRequest(request: StartRun, { version, runWith }: Lane, flowId: string | null): StartRun {
  const { flow: _flow, flowId: _flowId, version: _version, ...rest } = request
  const source = version !== '' && flowId !== null ? { flowId, version: Number(version) } : null
  const overrides = { ...request.overrides, ...runWith }
  return {
    ...(source ? { ...rest, ...source } : request),
    ...(Object.keys(overrides).length > 0 ? { overrides } : {}),
  }
}
