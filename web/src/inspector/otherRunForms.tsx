import type { ToolRun } from '@volley/shared/flow/flow.ts'
import { isObject } from '@volley/shared/lib/json.ts'
import { listFlows, sentenceOf } from '../api/client.ts'
import { listConnections, listTools } from '../api/connections.ts'
import { useAnswer } from '../api/useAnswer.ts'
import { useFlowStore } from '../state/flowStore.ts'
import { Field } from '../ui/Field.tsx'
import { Select } from '../ui/Select.tsx'
import { TextInput } from '../ui/TextInput.tsx'
import { sealChange } from './edits.ts'

type RunOf<Kind extends ToolRun['kind']> = Extract<ToolRun, { kind: Kind }>
interface FormOf<Kind extends ToolRun['kind']> {
  run: RunOf<Kind>
  onRun: (run: RunOf<Kind>) => void
}

/** A tool of an MCP server: which connection, and which of its tools, chosen where they are known and typed else. */
export function McpForm({ run, onRun }: FormOf<'mcp'>) {
  const { loaded } = useAnswer('mcp connections', listConnections)
  const servers = loaded.is === 'there' ? loaded.value.items.filter(({ kind }) => kind === 'mcp') : []
  const names = servers.map(({ name }) => name)
  const isApproved = servers.some(({ name, approved }) => name === run.server && approved)
  return (
    <>
      <Field
        label="Server"
        place="run.server"
        hint="a connection's name"
        error={
          loaded.is === 'there' && !names.includes(run.server)
            ? `There is no connection “${run.server}”: add it under Settings, or choose another.`
            : undefined
        }
      >
        {names.length > 0 ? (
          <Select
            value={run.server}
            options={names.includes(run.server) ? names : [run.server, ...names]}
            onValue={(server) => onRun({ ...run, server })}
          />
        ) : (
          <TextInput
            mono
            value={run.server}
            onChange={({ target }) => onRun({ ...run, server: target.value })}
            onBlur={sealChange}
          />
        )}
      </Field>
      <RemoteTool key={run.server} run={run} onRun={onRun} isAsked={isApproved} />
    </>
  )
}

function RemoteTool({ run, onRun, isAsked }: FormOf<'mcp'> & { isAsked: boolean }) {
  const { loaded } = useAnswer(`tools of ${run.server} ${isAsked}`, async (signal) =>
    isAsked ? listTools(run.server, signal) : { ok: true, value: { tools: [] } },
  )
  const tools = loaded.is === 'there' ? loaded.value.tools : []
  const names = tools.flatMap((tool) => (isObject(tool) && typeof tool.name === 'string' ? [tool.name] : []))
  const id = `tools-of-${run.server}`
  return (
    <Field
      label="Tool"
      place="run.tool"
      hint="as the server lists it"
      error={
        loaded.is === 'fault'
          ? sentenceOf(loaded.fault)
          : names.length > 0 && !names.includes(run.tool)
            ? 'The server lists no tool of this name.'
            : undefined
      }
    >
      <TextInput
        mono
        list={id}
        value={run.tool}
        onChange={({ target }) => onRun({ ...run, tool: target.value })}
        onBlur={sealChange}
      />
      <datalist id={id}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </Field>
  )
}

/** Another saved flow as one tool. */
export function FlowForm({ run, onRun }: FormOf<'flow'>) {
  const { loaded } = useAnswer('flows', listFlows)
  const own = useFlowStore((store) => store.flowId)
  const others = loaded.is === 'there' ? loaded.value.items.filter(({ id }) => id !== own) : []
  const isKnown = others.some(({ id }) => id === run.flow)
  return (
    <Field label="Flow" place="run.flow" hint="its input is the argument “input”, its result the final text">
      <Select
        value={run.flow}
        options={[
          ...(isKnown ? [] : [{ value: run.flow, label: loaded.is === 'there' ? 'choose a saved flow …' : run.flow }]),
          ...others.map(({ id, flow }) => ({ value: id, label: flow.name })),
        ]}
        onValue={(flow) => onRun({ ...run, flow })}
      />
    </Field>
  )
}
